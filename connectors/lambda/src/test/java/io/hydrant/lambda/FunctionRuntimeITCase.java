package io.hydrant.lambda;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.processing.TransformResult;
import io.hydrant.delivery.transform.BatchTransform;
import io.hydrant.delivery.transform.TransformContext;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.functions.FunctionRuntime;
import io.hydrant.localstack.harness.functions.FunctionSource;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Functions as users write them for Firehose, really run by Node.js and Python. */
class FunctionRuntimeITCase {

    private static final String NODE =
            """
            module.exports.handler = async (event) => {
              if (!event.deliveryStreamArn.endsWith('/clicks')) throw new Error('not my stream');
              return {records: event.records.map((record) => {
                const click = JSON.parse(Buffer.from(record.data, 'base64').toString('utf8'));
                if (click.customer === 'robot') return {recordId: record.recordId, result: 'Dropped', data: record.data};
                if (!click.customer) return {recordId: record.recordId, result: 'ProcessingFailed', data: record.data};
                click.shard = record.kinesisRecordMetadata.shardId;
                return {recordId: record.recordId, result: 'Ok',
                        data: Buffer.from(JSON.stringify(click)).toString('base64'),
                        metadata: {partitionKeys: {customer: click.customer}}};
              })};
            };
            """;

    private static final String PYTHON =
            """
            import base64
            import json


            def handler(event, context):
                records = []
                for record in event['records']:
                    click = json.loads(base64.b64decode(record['data']))
                    if click['customer'] == 'robot':
                        records.append({'recordId': record['recordId'], 'result': 'Dropped', 'data': record['data']})
                    elif not click['customer']:
                        records.append({'recordId': record['recordId'], 'result': 'ProcessingFailed', 'data': record['data']})
                    else:
                        click['shard'] = record['kinesisRecordMetadata']['shardId']
                        data = json.dumps(click, separators=(',', ':')).encode()
                        records.append({'recordId': record['recordId'], 'result': 'Ok',
                                        'data': base64.b64encode(data).decode(),
                                        'metadata': {'partitionKeys': {'customer': click['customer']}}})
                return {'records': records}
            """;

    private static final String FAILING =
            "module.exports.handler = async () => { throw new TypeError('no such field'); };";

    private static FunctionRuntime runtime;

    @BeforeAll
    static void start() throws IOException {
        runtime =
                FunctionRuntime.start(
                        List.of(
                                new FunctionSource("node", FunctionSource.Language.NODE, NODE),
                                new FunctionSource(
                                        "python", FunctionSource.Language.PYTHON, PYTHON),
                                new FunctionSource(
                                        "failing", FunctionSource.Language.NODE, FAILING)),
                        Progress.onStandardError());
    }

    @AfterAll
    static void stop() throws IOException {
        if (runtime != null) {
            runtime.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "python"})
    void aFunctionForFirehoseWorksUnchanged(String function) throws Exception {
        List<TransformResult> results =
                transform(
                        function,
                        "{\"customer\":\"7\"}",
                        "{\"customer\":\"robot\"}",
                        "{\"customer\":\"\"}",
                        "{\"customer\":\"größer\"}");

        assertThat(results.get(0).kept()).hasSize(1);
        assertThat(text(results.get(0)))
                .isEqualTo("{\"customer\":\"7\",\"shard\":\"shardId-000000000000\"}");
        assertThat(results.get(0).kept().get(0).partitionKeys()).isEqualTo(Map.of("customer", "7"));
        assertThat(results.get(1)).isEqualTo(TransformResult.DROPPED);
        assertThat(results.get(2).failure().code()).isEqualTo("Lambda.FunctionError");
        assertThat(results.get(3).kept().get(0).partitionKeys())
                .isEqualTo(Map.of("customer", "größer"));
    }

    @Test
    void aFunctionThatThrowsIsInvokedAgainAndItsRecordsGoToTheDeadLetter() throws Exception {
        TransformResult result = transform("failing", "{}").get(0);

        assertThat(result.failure().code()).isEqualTo("Lambda.FunctionError");
        assertThat(result.failure().message()).contains("no such field");
        assertThat(result.failure().attempts()).isEqualTo(3);
        assertThat(result.failure().details()).containsEntry("lambdaArn", runtime.arn("failing"));
    }

    @Test
    void aFunctionThatDoesNotExistIsNamed() throws Exception {
        TransformResult result = transform("nobody", "{}").get(0);

        assertThat(result.failure().code()).isEqualTo("Lambda.ResourceNotFound");
        assertThat(result.failure().message()).contains("nobody");
    }

    private static List<TransformResult> transform(String function, String... payloads)
            throws Exception {
        Configuration options = new Configuration();
        options.set(LambdaOptions.FUNCTION_ARN, runtime.arn(function));
        options.set(LambdaOptions.RETRIES, 2);
        options.set(LambdaOptions.RETRY_BACKOFF, Duration.ofMillis(1));
        LambdaTransformFactory factory =
                new LambdaTransformFactory(
                        LambdaConfig.from(options),
                        new InvocationOrigin(
                                "arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks",
                                "arn:aws:kinesis:us-east-1:000000000000:stream/clicks",
                                "us-east-1"),
                        AwsClientConfig.forEndpoint(
                                runtime.endpoint(), "us-east-1", "test", "test"));
        List<Envelope> batch = new ArrayList<>();
        for (String payload : payloads) {
            byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
            batch.add(
                    new Envelope(
                            "clicks",
                            "shardId-000000000000",
                            "49" + batch.size(),
                            0,
                            "k",
                            7,
                            bytes,
                            0,
                            bytes.length));
        }
        try (BatchTransform transform =
                factory.open(
                        new TransformContext(Map.of(), 0, 1, new UnregisteredMetricsGroup()))) {
            return transform.transform(batch);
        }
    }

    private static String text(TransformResult result) {
        return new String(result.kept().get(0).record().payloadCopy(), StandardCharsets.UTF_8);
    }
}
