package io.hydrant.localstack.fakes.redshift;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class S3StagedObjectsTest {

    @Test
    void tellsWhatS3RefusesInRedshiftsWords() throws Exception {
        try (Answering s3 =
                        new Answering(404, "NoSuchBucket", "The specified bucket does not exist");
                S3StagedObjects objects = S3StagedObjects.at(s3.endpoint())) {
            assertThatThrownBy(() -> objects.keys("nowhere", "x"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "The specified bucket does not exist,Status 404,Error NoSuchBucket,Rid ");
            assertThatThrownBy(() -> objects.open("nowhere", "x"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Status 404,Error NoSuchBucket");
        }
    }

    @Test
    void anObjectThatIsNotThereIsNone() throws Exception {
        try (Answering s3 = new Answering(404, "NoSuchKey", "The specified key does not exist.");
                S3StagedObjects objects = S3StagedObjects.at(s3.endpoint())) {
            assertThat(objects.open("stage", "x")).isNull();
        }
    }

    /** An S3 that has one answer. */
    private static final class Answering implements AutoCloseable {

        private final HttpServer server;

        Answering(int status, String code, String message) throws IOException {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] body =
                    "<Error><Code>%s</Code><Message>%s</Message></Error>"
                            .formatted(code, message)
                            .getBytes(StandardCharsets.UTF_8);
            server.createContext(
                    "/",
                    exchange -> {
                        exchange.sendResponseHeaders(status, body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
            server.start();
        }

        URI endpoint() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
