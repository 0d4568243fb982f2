package io.hydrant.kinesis.stream;

import io.hydrant.core.record.Envelope;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Holds our decoding against the SDK's, answer by answer. */
class DirectDecodingTest {

    private static final StreamArn STREAM =
            StreamArn.parse("arn:aws:kinesis:eu-west-1:123456789012:stream/flights");
    private static final String CBOR = "application/x-amz-cbor-1.1";
    private static final String JSON = "application/x-amz-json-1.1";
    private static final String DATE = "Tue, 3 Jun 2008 11:05:30 GMT";
    private static final RecordPage EMPTY =
            new RecordPage(List.of(), 0, null, 0, Instant.parse("2008-06-03T11:05:30Z"));

    @Property(tries = 300)
    void givesThePageThatTheSdkGivesHoweverItIsWritten(@ForAll long seed) {
        byte[] answer = randomAnswer(new Random(seed));

        assertThat(read(RecordDecoding.DIRECT, 200, CBOR, answer))
                .isEqualTo(read(RecordDecoding.SDK, 200, CBOR, answer));
    }

    @Property(tries = 300)
    void judgesAnAnswerThatIsCutOffAsWithTheSdk(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] answer = randomAnswer(random);
        byte[] cut = Arrays.copyOf(answer, random.nextInt(answer.length));

        assertThat(read(RecordDecoding.DIRECT, 200, CBOR, cut)).isEqualTo(StreamFailure.TRANSIENT);
        assertThat(read(RecordDecoding.SDK, 200, CBOR, cut)).isIn(StreamFailure.TRANSIENT, EMPTY);
    }

    @Property(tries = 300)
    void neverTakesGarbageForAPageAndNeverRunsAway(@ForAll byte[] garbage) {
        Object outcome = read(RecordDecoding.DIRECT, 200, CBOR, garbage);

        assertThat(outcome).isIn(StreamFailure.TRANSIENT, StreamFailure.FATAL, EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ProvisionedThroughputExceededException, THROTTLED",
        "400, ExpiredIteratorException, ITERATOR_EXPIRED",
        "400, KMSThrottlingException, THROTTLED",
        "400, ResourceNotFoundException, FATAL",
        "400, AccessDeniedException, FATAL",
        "500, InternalFailure, TRANSIENT",
    })
    void leavesErrorsToTheSdk(int status, String code, StreamFailure failure) {
        RandomCbor body = new RandomCbor(new Random(1));
        boolean needsBreak = body.begin(CborInput.MAP, 2);
        body.text("__type");
        body.text(code);
        body.text("message");
        body.text("no");
        body.end(needsBreak);

        assertThat(read(RecordDecoding.DIRECT, status, CBOR, body.toByteArray()))
                .isEqualTo(failure)
                .isEqualTo(read(RecordDecoding.SDK, status, CBOR, body.toByteArray()));
    }

    @Test
    void leavesAnswersInJsonToTheSdk() {
        System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), "false");
        byte[] answer =
                """
                {"Records":[{"SequenceNumber":"7","ApproximateArrivalTimestamp":1.5,"Data":"YWI=","PartitionKey":"k"}],
                 "NextShardIterator":"next","MillisBehindLatest":12}"""
                        .getBytes(StandardCharsets.UTF_8);

        Object outcome;
        try {
            outcome = read(RecordDecoding.DIRECT, 200, JSON, answer);
        } finally {
            System.clearProperty(SdkSystemSetting.CBOR_ENABLED.property());
        }

        assertThat(outcome)
                .isEqualTo(
                        new RecordPage(
                                List.of(
                                        new Envelope(
                                                "flights",
                                                "shard",
                                                "7",
                                                0,
                                                "k",
                                                1500,
                                                bytes("ab"),
                                                0,
                                                2)),
                                2,
                                "next",
                                12));
    }

    @Test
    void leavesAnswersWithACheckSumToTheSdk() {
        byte[] answer = randomAnswer(new Random(3));
        Map<String, String> headers = Map.of("Content-Type", CBOR, "x-amz-crc32", "1");

        assertThat(read(RecordDecoding.DIRECT, new CannedHttp(200, headers, answer)))
                .isInstanceOf(StreamFailure.class);
    }

    @Test
    void readsTheAnswerToItsEndAndClosesIt() {
        CannedHttp http =
                new CannedHttp(200, Map.of("Content-Type", CBOR), randomAnswer(new Random(4)));

        assertThat(read(RecordDecoding.DIRECT, http)).isInstanceOf(RecordPage.class);
        assertThat(http.readToTheEnd()).isTrue();
        assertThat(http.bodyClosed()).isTrue();
    }

    @Test
    void saysWhatToDoAboutAnAnswerThatIsWholeAndIsNone() {
        RandomCbor number = new RandomCbor(new Random(5));
        number.number(7);
        CannedHttp http = new CannedHttp(200, Map.of("Content-Type", CBOR), number.toByteArray());

        try (SdkStreamApi api = api(RecordDecoding.DIRECT, http)) {
            assertThatThrownBy(() -> api.getRecords(STREAM, "shard", "iterator", 10))
                    .hasMessageContaining("The answer is not one of GetRecords")
                    .hasMessageContaining("source.shard.get-records.decoding: SDK")
                    .satisfies(
                            e ->
                                    assertThat(StreamFailure.of(e))
                                            .isEqualTo(StreamFailure.TRANSIENT));
        }
    }

    private static Object read(
            RecordDecoding decoding, int status, String contentType, byte[] answer) {
        return read(
                decoding,
                new CannedHttp(status, Map.of("Content-Type", contentType, "Date", DATE), answer));
    }

    /** The page, or what its failure means. */
    private static Object read(RecordDecoding decoding, CannedHttp http) {
        try (SdkStreamApi api = api(decoding, http)) {
            return api.getRecords(STREAM, "shard", "iterator", 10);
        } catch (RuntimeException e) {
            return StreamFailure.of(e);
        }
    }

    private static SdkStreamApi api(RecordDecoding decoding, CannedHttp http) {
        KinesisClient client =
                KinesisClient.builder()
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(AnonymousCredentialsProvider.create())
                        .httpClient(http)
                        .overrideConfiguration(
                                o ->
                                        o.retryStrategy(AwsRetryStrategy.doNotRetry())
                                                .addExecutionInterceptor(new DirectDecoding()))
                        .build();
        return new SdkStreamApi(client, decoding);
    }

    private static byte[] randomAnswer(Random random) {
        RandomCbor out = new RandomCbor(random);
        List<String> members =
                new ArrayList<>(
                        List.of(
                                "Records",
                                "NextShardIterator",
                                "MillisBehindLatest",
                                "ChildShards",
                                "Unheard-" + "of".repeat(random.nextInt(30))));
        Collections.shuffle(members, random);
        boolean needsBreak = out.begin(CborInput.MAP, members.size());
        for (String member : members) {
            out.text(member);
            switch (member) {
                case "Records" -> randomRecords(out, random);
                case "NextShardIterator" -> {
                    if (random.nextInt(4) == 0) {
                        out.nothing();
                    } else {
                        out.text("A".repeat(random.nextInt(400)));
                    }
                }
                case "MillisBehindLatest" -> out.number(random.nextLong() >>> 20);
                case "ChildShards" -> {
                    boolean listBreak = out.begin(CborInput.ARRAY, 0);
                    out.end(listBreak);
                }
                default -> out.anything(0);
            }
        }
        out.end(needsBreak);
        return out.toByteArray();
    }

    private static void randomRecords(RandomCbor out, Random random) {
        int count = random.nextInt(20);
        boolean listBreak = out.begin(CborInput.ARRAY, count);
        for (int i = 0; i < count; i++) {
            List<String> members =
                    new ArrayList<>(
                            List.of(
                                    "SequenceNumber",
                                    "ApproximateArrivalTimestamp",
                                    "Data",
                                    "PartitionKey",
                                    "EncryptionType"));
            Collections.shuffle(members, random);
            boolean mapBreak = out.begin(CborInput.MAP, members.size());
            for (String member : members) {
                out.text(member);
                switch (member) {
                    case "SequenceNumber" -> out.text("4965029311846752" + random.nextInt(1000));
                    case "ApproximateArrivalTimestamp" -> out.time(1_370_000_000_000L + i);
                    case "Data" -> {
                        byte[] data = new byte[random.nextInt(random.nextBoolean() ? 50 : 50_000)];
                        random.nextBytes(data);
                        out.bytes(data);
                    }
                    case "PartitionKey" -> out.text("kä€𝄞".repeat(random.nextInt(40)) + i);
                    default -> out.nothing();
                }
            }
            out.end(mapBreak);
        }
        out.end(listBreak);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
