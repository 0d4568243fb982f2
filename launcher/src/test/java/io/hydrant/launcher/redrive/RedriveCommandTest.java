package io.hydrant.launcher.redrive;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.deadletter.DeadLetterFormat;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.localstack.fakes.s3.FakeS3;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Error objects in a bucket, redriven through configurations; no stream is needed. */
class RedriveCommandTest {

    /** 2018-08-27T10:30:00Z. */
    private static final long ARRIVAL = 1_535_365_800_000L;

    private static final String PLAIN =
            """
            "ProcessingConfiguration": {"Enabled": true, "Processors": [
              {"Type": "AppendDelimiterToRecord"}]}
            """;

    private static final String PARTITIONED =
            """
            "DynamicPartitioningConfiguration": {"Enabled": true},
            "ProcessingConfiguration": {"Enabled": true, "Processors": [
              {"Type": "Decompression", "Parameters": [
                {"ParameterName": "CompressionFormat", "ParameterValue": "GZIP"}]},
              {"Type": "RecordDeAggregation", "Parameters": [
                {"ParameterName": "SubRecordType", "ParameterValue": "JSON"}]},
              {"Type": "MetadataExtraction", "Parameters": [
                {"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{c: .customer}"},
                {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}]},
              {"Type": "AppendDelimiterToRecord"}]}
            """;

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private FakeS3 s3;
    private S3Client client;

    @BeforeEach
    void start() throws IOException {
        s3 = FakeS3.start();
        client =
                AwsClients.create(
                        S3Client.builder().forcePathStyle(true),
                        AwsClientConfig.forEndpoint(s3.endpoint(), "us-east-1", "test", "test"));
        client.createBucket(request -> request.bucket("lake"));
    }

    @AfterEach
    void stop() {
        client.close();
        s3.close();
    }

    @Test
    void deliversFirehosesOwnErrorRecordsUnderTheHourOfTheirArrival() throws Exception {
        put(
                "errors/processing-failed/f-1",
                ("{\"attemptsMade\":4,\"arrivalTimestamp\":%d,\"errorCode\":\"Lambda.FunctionTimedOut\","
                                + "\"errorMessage\":\"…\",\"attemptEndingTimestamp\":1,\"rawData\":\"%s\","
                                + "\"lambdaArn\":\"arn:aws:lambda:eu-west-1:111122223333:function:f\"}\n")
                        .formatted(ARRIVAL, base64("one"))
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(redrive(PLAIN)).as(err::toString).isZero();

        assertThat(keys("data/")).singleElement().asString().startsWith("data/2018/08/27/10/");
        assertThat(contents("data/")).containsExactly("one\n");
        assertThat(out.toString())
                .contains("objects   1 redriven, 0 skipped because redriven before, 0 unreadable")
                .contains("records   1 read: 1 delivered, 0 failed again, 0 dropped");
    }

    @Test
    void sendsEachRecordThroughOnceHoweverOftenItIsCalled() throws Exception {
        put("errors/processing-failed/e-1", gzip(lines(record("a", 1), record("b", 2))));
        redrive(PLAIN);
        put("errors/processing-failed/e-2", lines(record("c", 3)));

        assertThat(redrive(PLAIN)).isZero();

        assertThat(out.toString()).contains("objects   1 redriven, 1 skipped because redriven");
        assertThat(contents("data/")).containsExactlyInAnyOrder("a\nb\n", "c\n");
        assertThat(redrive(PLAIN)).isZero();
        assertThat(contents("data/")).hasSize(2);
    }

    @Test
    void redrivesManyObjectsAtOnceAndEachOnce() throws Exception {
        putNumbered(40);

        assertThat(redrive(PLAIN, "--parallel", "5")).as(err::toString).isZero();

        assertThat(out.toString())
                .contains("objects   40 redriven, 0 skipped because redriven before, 0 unreadable")
                .contains("records   80 read: 80 delivered, 0 failed again, 0 dropped");
        assertThat(delivered("data/")).hasSize(80).doesNotHaveDuplicates();
        assertThat(redrive(PLAIN, "--parallel", "5")).isZero();
        assertThat(out.toString()).contains("objects   0 redriven, 40 skipped");
        assertThat(delivered("data/")).hasSize(80);
    }

    @Test
    void partsOfSeveralMachinesAreAllOfItTogether() throws Exception {
        putNumbered(20);

        for (int part = 1; part <= 3; part++) {
            int before = delivered("data/").size();
            assertThat(redrive(PLAIN, "--part", part + "/3")).isZero();
            assertThat(out.toString()).contains(" 0 skipped because redriven before");
            assertThat(delivered("data/")).hasSizeBetween(before + 1, 39 + (part == 3 ? 1 : 0));
        }

        assertThat(delivered("data/")).hasSize(40).doesNotHaveDuplicates();
    }

    /** Two that do not share the work and know nothing of each other race for every object. */
    @Test
    void redrivesSideBySideDoubleNothing() throws Exception {
        putNumbered(30);
        Path file = document(PLAIN);
        ExecutorService machines = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> codes = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                codes.add(
                        machines.submit(
                                () ->
                                        command(new StringWriter(), new StringWriter())
                                                .execute(
                                                        "--config",
                                                        file.toString(),
                                                        "--from",
                                                        "s3://lake/errors/")));
            }
            for (Future<Integer> code : codes) {
                assertThat(code.get()).isZero();
            }
        } finally {
            machines.shutdownNow();
        }

        assertThat(delivered("data/")).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void aDryRunSaysWhatWouldComeOfItAndWritesNothing() throws Exception {
        put("errors/processing-failed/e-1", lines(record("a", 1), record("b", 2)));
        List<String> before = s3.keys("lake");

        assertThat(redrive(PLAIN, "--dry-run")).isZero();

        assertThat(s3.keys("lake")).isEqualTo(before);
        assertThat(out.toString())
                .contains("records   2 read: 2 would be delivered, 0 fail again, 0 be dropped")
                .contains("dry run: nothing was written");
    }

    @Test
    void redrivesOnlyTheTypesThatAreAskedFor() throws Exception {
        put("errors/processing-failed/e-1", lines(record("a", 1)));
        put("errors/decompression-failed/e-2", lines(record("b", 2)));
        put("errors/splunk-failed/e-3", lines(record("c", 3)));

        assertThat(redrive(PLAIN, "--type", "processing-failed,splunk-failed")).isZero();

        assertThat(String.join("", contents("data/"))).contains("a\n", "c\n").doesNotContain("b");
    }

    @Test
    void whatFailsAgainGoesBackWithItsIdentityAndMayBeRedrivenAgain() throws Exception {
        put("errors/metadata-extraction-failed/e-1", lines(record("{\"x\":1}", 7)));
        // The record is not compressed.
        assertThat(redrive(PARTITIONED)).isEqualTo(1);
        assertThat(out.toString())
                .contains("records   1 read: 0 delivered, 1 failed again, 0 dropped");
        String again = contents("errors/decompression-failed/").get(0);
        assertThat(again)
                .contains("\"shardId\":\"shardId-0\",\"sequenceNumber\":\"7\"")
                .contains(base64("{\"x\":1}"));

        assertThat(redrive(PLAIN)).isZero();

        assertThat(out.toString()).contains("objects   1 redriven, 1 skipped because redriven");
        assertThat(contents("data/")).containsExactly("{\"x\":1}\n");
    }

    @Test
    void aPartOfARecordIsNeitherDecompressedNorTakenApartAgain() throws Exception {
        GrowingBytes out = new GrowingBytes(0);
        encode("{\"customer\":\"a\"}", 1, Part.of(0, false), out);
        encode("{\"x\":1}", 1, Part.of(1, true), out);
        put("errors/metadata-extraction-failed/e-1", out.toByteArray());

        assertThat(redrive(PARTITIONED)).isEqualTo(1);

        assertThat(contents("data/c=a/")).containsExactly("{\"customer\":\"a\"}\n");
        assertThat(contents("errors/metadata-extraction-failed/").get(1))
                .contains("\"part\":1,\"lastPart\":true");
    }

    @Test
    void whatATableRefusedGoesThroughTheRoomsOfADeliveryThatHasNone() throws Exception {
        put("errors/iceberg-failed/e-1", lines(record("{\"customer\":\"a\"}", 1)));

        assertThat(
                        redrive(
                                PARTITIONED.replaceFirst(
                                        "(?s)\\{\"Type\": \"Decompression\".*?]},", "")))
                .as(err::toString)
                .isZero();

        assertThat(contents("data/c=a/")).containsExactly("{\"customer\":\"a\"}\n");
    }

    @Test
    void sumsUpByCodeWhatFailedInAllOfTheObjects() throws Exception {
        for (int i = 0; i < 3; i++) {
            put(
                    "errors/processing-failed/e-" + i,
                    lines(record("a", 2 * i), record("b", 2 * i + 1)));
        }

        assertThat(redrive(PARTITIONED, "--dry-run")).isEqualTo(1);

        assertThat(out.toString())
                .contains("records   6 read: 0 would be delivered, 6 fail again, 0 be dropped")
                .containsPattern("(?m)^  6 × [A-Za-z.]+: ");
    }

    @Test
    void anObjectThatHoldsSomethingUnreadableStaysAsItIs() throws Exception {
        put("errors/processing-failed/e-1", lines(record("a", 1), "{\"rawData\":7}"));
        put("errors/processing-failed/e-2", "no JSON\n".getBytes(StandardCharsets.UTF_8));
        byte[] cut = gzip(lines(record("b", 2)));
        put("errors/processing-failed/e-3", java.util.Arrays.copyOf(cut, cut.length - 12));
        put("errors/processing-failed/e-4", lines(record("c", 3)));

        assertThat(redrive(PLAIN)).isEqualTo(1);

        assertThat(contents("data/")).containsExactly("c\n");
        assertThat(out.toString())
                .contains("objects   1 redriven, 0 skipped because redriven before, 3 unreadable")
                .contains(
                        "unreadable: s3://lake/errors/processing-failed/e-1, record 2: its rawData is no text",
                        "unreadable: s3://lake/errors/processing-failed/e-2, record 1: it is not JSON",
                        "unreadable: s3://lake/errors/processing-failed/e-3: it cannot be decompressed",
                        "put a mended copy beside each, and redrive again");
    }

    @Test
    void saysWhatIsWrongWithItsArguments() throws Exception {
        assertThat(redrive(PLAIN, "--type", "process-failed")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'process-failed' is not a type of error; one of processing-failed, ");

        assertThat(redrive(PLAIN, "--parallel", "65")).isEqualTo(2);
        assertThat(err.toString()).contains("--parallel: 65 is not allowed; 1 to 64");
        assertThat(redrive(PLAIN, "--part", "4/3")).isEqualTo(2);
        assertThat(err.toString()).contains("--part: '4/3' is no part; give 1/4, 2/4");

        assertThat(run(PLAIN, "--from", "lake/errors")).isEqualTo(2);
        assertThat(err.toString()).contains("'lake/errors' is no place in S3; give s3://bucket");
    }

    private void putNumbered(int objects) {
        for (int i = 0; i < objects; i++) {
            put(
                    "errors/processing-failed/e-" + i,
                    lines(record("a-" + i, 2L * i), record("b-" + i, 2L * i + 1)));
        }
    }

    private List<String> delivered(String prefix) {
        return contents(prefix).stream().flatMap(String::lines).toList();
    }

    private int redrive(String processing, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--from", "s3://lake/errors/"));
        arguments.addAll(List.of(more));
        return run(processing, arguments.toArray(String[]::new));
    }

    private int run(String processing, String... arguments) throws IOException {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("--config", document(processing).toString()));
        all.addAll(List.of(arguments));
        return command(out, err).execute(all.toArray(String[]::new));
    }

    private static CommandLine command(StringWriter out, StringWriter err) {
        return new CommandLine(new RedriveCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }

    private Path document(String processing) throws IOException {
        String prefix = processing.equals(PLAIN) ? "data/" : "data/c=!{partitionKeyFromQuery:c}/";
        Path file = folder.resolve("orders.json");
        Files.writeString(
                file,
                """
                {
                  "DeliveryStreamName": "orders",
                  "KinesisStreamSourceConfiguration": {
                    "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders"
                  },
                  "ExtendedS3DestinationConfiguration": {
                    "BucketARN": "arn:aws:s3:::lake",
                    "Prefix": "%s",
                    "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/",
                    %s
                  },
                  "Hydrant": {
                    "s3.endpoint": "%s",
                    "aws.credentials.provider": "BASIC",
                    "aws.credentials.basic.accesskeyid": "test",
                    "aws.credentials.basic.secretkey": "test"
                  }
                }
                """
                        .formatted(prefix, processing, s3.endpoint()));
        return file;
    }

    private static String record(String payload, long sequence) {
        GrowingBytes line = new GrowingBytes(0);
        encode(payload, sequence, Part.WHOLE, line);
        return new String(line.toByteArray(), StandardCharsets.UTF_8).stripTrailing();
    }

    private static void encode(String payload, long sequence, Part part, GrowingBytes out) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        new DeadLetterFormat()
                .encode(
                        new Envelope(
                                "orders",
                                "shardId-0",
                                Long.toString(sequence),
                                0,
                                "key",
                                ARRIVAL,
                                bytes,
                                0,
                                bytes.length),
                        part,
                        new Failure(ErrorOutputType.PROCESSING_FAILED, "Code", "why", 1, ARRIVAL),
                        out);
    }

    private static byte[] lines(String... lines) {
        return (String.join("\n", lines) + '\n').getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void put(String key, byte[] content) {
        client.putObject(
                request -> request.bucket("lake").key(key), RequestBody.fromBytes(content));
    }

    private List<String> keys(String prefix) {
        return s3.keys("lake").stream().filter(key -> key.startsWith(prefix)).sorted().toList();
    }

    private List<String> contents(String prefix) {
        return keys(prefix).stream()
                .map(
                        key ->
                                client.getObjectAsBytes(request -> request.bucket("lake").key(key))
                                        .asUtf8String())
                .toList();
    }
}
