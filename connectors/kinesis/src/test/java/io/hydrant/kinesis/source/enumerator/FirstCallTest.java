package io.hydrant.kinesis.source.enumerator;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.stream.StreamArn;

import com.sun.net.httpserver.HttpServer;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FirstCallTest {

    private static final StreamArn STREAM =
            StreamArn.parse("arn:aws:kinesis:eu-west-1:111122223333:stream/flights");

    /** A server that hangs would otherwise hold up the thread that deploys the job. */
    @Test
    void isMadeByTheWorkerOfTheCoordinatorAndNeverByTheThreadThatMakesTheEnumerator()
            throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    calls.incrementAndGet();
                    byte[] answer =
                            "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no flights\"}"
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
                    exchange.sendResponseHeaders(400, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
        URI endpoint =
                URI.create(
                        "http://"
                                + InetAddress.getLoopbackAddress().getHostAddress()
                                + ":"
                                + server.getAddress().getPort());
        KinesisSource source =
                KinesisSource.of(
                        STREAM,
                        AwsClientConfig.forEndpoint(endpoint, "eu-west-1", "any", "any"),
                        KinesisSourceConfig.from(new Configuration()));
        FakeEnumeratorContext context = new FakeEnumeratorContext(1);

        try (var enumerator = source.createEnumerator(context)) {
            enumerator.start();
            assertThat(calls).hasValue(0);

            assertThatThrownBy(context::tick).hasStackTraceContaining("no flights");
            assertThat(calls).hasPositiveValue();
        } finally {
            server.stop(0);
        }
    }
}
