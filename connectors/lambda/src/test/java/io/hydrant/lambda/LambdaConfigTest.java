package io.hydrant.lambda;

import io.hydrant.delivery.transform.BatchLimits;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LambdaConfigTest {

    private static final String ARN = "arn:aws:lambda:eu-west-1:111122223333:function:enrich";

    @Test
    void withoutAFunctionThereIsNone() {
        assertThat(LambdaConfig.from(new Configuration())).isNull();
    }

    @Test
    void defaultsAreThoseOfFirehose() {
        assertThat(LambdaConfig.from(options()))
                .isEqualTo(
                        new LambdaConfig(
                                FunctionArn.parse(ARN),
                                3,
                                Duration.ofSeconds(1),
                                1 << 20,
                                Duration.ofSeconds(60),
                                5,
                                Duration.ofMinutes(5),
                                false,
                                InvocationFailureAction.DEAD_LETTER));
    }

    @Test
    void batchesAreCutBeforeTheirRequestsGetTooLargeForLambda() {
        BatchLimits limits = LambdaConfig.from(options()).limits();

        assertThat(limits.targetBytes()).isEqualTo(1 << 20);
        assertThat(limits.maxRequestBytes())
                .isEqualTo(6 * 1024 * 1024 - RequestWriter.MAX_ENVELOPE_BYTES);
        assertThat(limits.maxInFlight()).isEqualTo(5);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "lambda.function-arn | enrich | lambda.function-arn: 'enrich' is no ARN",
                "lambda.retries | -1 | lambda.retries is -1; it must be 0 to 300",
                "lambda.retries | 301 | lambda.retries is 301; it must be 0 to 300",
                "lambda.retry-backoff | 31 s | lambda.retry-backoff is PT31S; it must be 1 ms to 30 s",
                "lambda.retry-backoff | 0 s | lambda.retry-backoff is PT0S; it must be 1 ms to 30 s",
                "lambda.buffer.size | 209714 b | lambda.buffer.size is 209714 bytes; it must be 0.2 to 3 MiB",
                "lambda.buffer.size | 3145729 b | lambda.buffer.size is 3145729 bytes; it must be 0.2 to 3 MiB",
                "lambda.buffer.interval | 901 s | lambda.buffer.interval is PT15M1S; it must be 0 to 900 s",
                "lambda.max-in-flight | 0 | lambda.max-in-flight is 0; it must be 1 to 100",
                "lambda.max-in-flight | 101 | lambda.max-in-flight is 101; it must be 1 to 100",
                "lambda.timeout | 999 ms | lambda.timeout is PT0.999S; it must be 1 s to 15 min",
                "lambda.timeout | 901 s | lambda.timeout is PT15M1S; it must be 1 s to 15 min",
            })
    void refusesWhatIsOutOfBounds(String key, String value, String message) {
        Configuration options = options();
        options.setString(key, value);

        assertThatThrownBy(() -> LambdaConfig.from(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "lambda.retries | 0",
                "lambda.retries | 300",
                "lambda.buffer.size | 209715 b",
                "lambda.buffer.size | 3 mb",
                "lambda.buffer.interval | 0 s",
                "lambda.buffer.interval | 900 s",
                "lambda.timeout | 15 min",
                "lambda.on-invocation-failure | FAIL_JOB",
            })
    void takesWhatIsJustWithin(String key, String value) {
        Configuration options = options();
        options.setString(key, value);

        assertThat(LambdaConfig.from(options)).isNotNull();
    }

    private static Configuration options() {
        Configuration options = new Configuration();
        options.set(LambdaOptions.FUNCTION_ARN, ARN);
        return options;
    }
}
