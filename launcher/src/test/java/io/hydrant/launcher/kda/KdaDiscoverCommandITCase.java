package io.hydrant.launcher.kda;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.launcher.replay.StreamPutters;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

@LocalStackTest
class KdaDiscoverCommandITCase {

    private final LocalStack localStack;
    private final UniqueNames names;

    KdaDiscoverCommandITCase(LocalStack localStack, UniqueNames names) {
        this.localStack = localStack;
        this.names = names;
    }

    @Test
    void findsTheSchemaOfAStreamOfAggregates() throws Exception {
        String stream = names.newStream("discover", 2);
        AwsClientConfig config =
                AwsClientConfig.forEndpoint(localStack.endpoint(), "us-east-1", "test", "test");
        try (BatchPutter putter = StreamPutters.open(config, stream, 0)) {
            for (int i = 0; i < 50; i++) {
                putter.put(
                        "key " + i,
                        ("{\"id\":" + i + ",\"name\":\"n" + i + "\"}")
                                .getBytes(StandardCharsets.UTF_8));
            }
            putter.flush();
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int code =
                new CommandLine(new KdaDiscoverCommand())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                stream,
                                "--endpoint",
                                localStack.endpoint().toString(),
                                "--records",
                                "50",
                                "--seconds",
                                "60");

        assertThat(err.toString()).isEqualTo("50 samples, 50 rows, 2 columns\n");
        assertThat(code).isZero();
        assertThat(out.toString()).contains("\"id\" INTEGER,\n    \"name\" VARCHAR(4)");
    }
}
