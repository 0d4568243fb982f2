package io.hydrant.lambda;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.fakes.lambda.FakeLambda;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HttpLambdaApiTest {

    private static final byte[] EVENT =
            "{\"records\":[{\"recordId\":\"7\",\"data\":\"aGk=\"}]}"
                    .getBytes(StandardCharsets.UTF_8);

    private FakeLambda lambda;
    private HttpLambdaApi api;

    @BeforeEach
    void start() throws IOException {
        lambda = FakeLambda.start();
        Configuration options = new Configuration();
        options.set(
                LambdaOptions.FUNCTION_ARN,
                "arn:aws:lambda:eu-west-1:111122223333:function:shout:live");
        api =
                new HttpLambdaApi(
                        LambdaConfig.from(options),
                        AwsClientConfig.forEndpoint(
                                lambda.endpoint(), "us-east-1", "anyone", "anything"));
    }

    @AfterEach
    void stop() {
        api.close();
        lambda.close();
    }

    @Test
    void invokesAFunctionWithASignedRequest() throws Exception {
        lambda.deploy("shout", Functions.eachData(data -> data + "!"));

        LambdaAnswer answer = api.invoke(EVENT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.errorType()).isNull();
        assertThat(answer.functionError()).isNull();
        assertThat(text(answer))
                .isEqualTo(
                        "{\"records\":[{\"recordId\":\"7\",\"result\":\"Ok\",\"data\":\"aGkh\"}]}");
    }

    @Test
    void tellsAFunctionThatFailedFromOneThatDoesNotExist() throws Exception {
        LambdaAnswer missing = api.invoke(EVENT);
        lambda.deploy(
                "shout",
                event -> {
                    throw new IOException("no such field");
                });
        LambdaAnswer failed = api.invoke(EVENT);

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.errorType()).isEqualTo("ResourceNotFoundException");
        assertThat(failed.status()).isEqualTo(200);
        assertThat(failed.functionError()).isEqualTo("Unhandled");
        assertThat(text(failed)).contains("IOException", "no such field");
    }

    @Test
    void namesTheErrorOfTheService() throws Exception {
        lambda.faults().next("Invoke", 1, Fault.refuse(429, "TooManyRequestsException", "slowly"));

        assertThat(InvocationJudge.judge(api.invoke(EVENT)))
                .isEqualTo(
                        InvocationVerdict.failed(
                                "Lambda.InvokeLimitExceeded",
                                "Lambda answered 429 TooManyRequestsException: slowly"));
    }

    @Test
    void saysThatRequestAndAnswerWereTooLarge() throws Exception {
        lambda.deploy("shout", event -> new byte[7 * 1024 * 1024]);

        InvocationVerdict answer = InvocationJudge.judge(api.invoke(EVENT));
        InvocationVerdict request = InvocationJudge.judge(api.invoke(new byte[7 * 1024 * 1024]));

        assertThat(answer.kind()).isEqualTo(InvocationVerdict.Kind.TOO_LARGE);
        assertThat(request.kind()).isEqualTo(InvocationVerdict.Kind.TOO_LARGE);
    }

    @Test
    void throwsWhereThereIsNoAnswer() {
        lambda.faults().next("Invoke", 1, Fault.dropRequest());

        assertThatThrownBy(() -> api.invoke(EVENT))
                .isInstanceOf(IOException.class)
                .satisfies(
                        thrown ->
                                assertThat(InvocationJudge.judge((IOException) thrown).code())
                                        .isEqualTo("Lambda.TargetServerFailedToRespond"));
    }

    private static String text(LambdaAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
