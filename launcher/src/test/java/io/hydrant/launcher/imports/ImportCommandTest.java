package io.hydrant.launcher.imports;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class ImportCommandTest {

    private static final String S3_STREAM =
            """
            {"DeliveryStreamDescription": {
              "DeliveryStreamName": "clicks", "VersionId": "7", "DeliveryStreamStatus": "ACTIVE",
              "DeliveryStreamARN": "arn:aws:firehose:eu-west-1:111122223333:deliverystream/clicks",
              "DeliveryStreamType": "KinesisStreamAsSource", "CreateTimestamp": 1.6E9,
              "Source": {"KinesisStreamSourceDescription": {
                "KinesisStreamARN": "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks",
                "RoleARN": "arn:aws:iam::111122223333:role/r", "DeliveryStartTimestamp": 1.6E9}},
              "Destinations": [{"DestinationId": "d-1",
                "ExtendedS3DestinationDescription": {
                  "RoleARN": "arn:aws:iam::111122223333:role/r", "BucketARN": "arn:aws:s3:::lake",
                  "BufferingHints": {"SizeInMBs": 5, "IntervalInSeconds": 300},
                  "CompressionFormat": "GZIP",
                  "EncryptionConfiguration": {"NoEncryptionConfig": "NoEncryption"}}}],
              "HasMoreDestinations": false}}
            """;

    private static final String HTTP_STREAM =
            """
            {"DeliveryStreamDescription": {
              "DeliveryStreamName": "clicks", "VersionId": "1", "DeliveryStreamType": "DirectPut",
              "Destinations": [{"DestinationId": "d-1", "HttpEndpointDestinationDescription": {
                "EndpointConfiguration": {"Url": "https://h", "AccessKey": "topsecret"}}}]}}
            """;

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private HttpServer server;
    private String answer = S3_STREAM;
    private int status = 200;
    private String asked;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void writesAConfigurationThatTheJobTakes() throws IOException {
        assertThat(run("clicks")).as(out::toString).isZero();

        assertThat(asked).isEqualTo("{\"DeliveryStreamName\":\"clicks\"}");
        assertThat(Files.readString(folder.resolve("stream.json")))
                .contains("\"VersionId\" : \"7\"", "arn:aws:s3:::lake");
        assertThat(out.toString())
                .contains("the job takes it")
                .contains("while the Firehose stream is ACTIVE it delivers the same records, too");
    }

    @Test
    void saysWhatCannotBeCarriedOverAndWritesNoSecret() throws IOException {
        answer = HTTP_STREAM;

        assertThat(run("clicks")).isEqualTo(1);

        assertThat(Files.readString(folder.resolve("stream.json"))).doesNotContain("topsecret");
        assertThat(out.toString())
                .doesNotContain("topsecret")
                .contains("EndpointConfiguration.AccessKey is a secret")
                .contains(
                        "cannot be carried over: ",
                        "HttpEndpointDestinationDescription: is valid in Firehose but not built yet");
    }

    @Test
    void passesOnWhatFirehoseSays() {
        status = 400;
        answer =
                "{\"__type\":\"ResourceNotFoundException\",\"message\":\"Firehose clicks not found\"}";

        assertThat(run("clicks")).isEqualTo(2);
        assertThat(out.toString())
                .contains("says: ResourceNotFoundException: Firehose clicks not found");
        assertThat(folder.resolve("stream.json")).doesNotExist();
    }

    @Test
    void leavesAFileThatIsThereAsItIs() throws IOException {
        Files.writeString(folder.resolve("stream.json"), "mine");

        assertThat(run("clicks")).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("stream.json"))).isEqualTo("mine");
        assertThat(asked).isNull();
    }

    private void handle(HttpExchange exchange) throws IOException {
        asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean isRight =
                "Firehose_20150804.DescribeDeliveryStream"
                                .equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                        && "application/x-amz-json-1.1"
                                .equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                        && exchange.getRequestHeaders()
                                .getFirst("Authorization")
                                .contains("/eu-west-1/firehose/aws4_request");
        byte[] body = (isRight ? answer : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(isRight ? status : 500, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private int run(String stream) {
        return new CommandLine(new ImportCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .setExecutionExceptionHandler(
                        (problem, command, arguments) -> {
                            out.append(problem.getMessage());
                            return 2;
                        })
                .execute(
                        stream,
                        "--endpoint",
                        "http://localhost:" + server.getAddress().getPort(),
                        "--region",
                        "eu-west-1",
                        "--set",
                        "aws.credentials.provider=BASIC",
                        "--set",
                        "aws.credentials.basic.accesskeyid=test",
                        "--set",
                        "aws.credentials.basic.secretkey=test",
                        "--output",
                        folder.resolve("stream.json").toString());
    }
}
