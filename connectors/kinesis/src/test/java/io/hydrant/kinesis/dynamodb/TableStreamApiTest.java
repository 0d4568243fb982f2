package io.hydrant.kinesis.dynamodb;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;
import io.hydrant.kinesis.stream.StreamFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

class TableStreamApiTest {

    private static final StreamArn STREAM =
            StreamArn.parseOfTable(
                    "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-11-21T10:00:00.000");
    private static final String SHARD = "shardId-00000001795262400000-0badcafe";

    private final ScriptedHttp http = new ScriptedHttp();
    private final TableStreamApi api =
            new TableStreamApi(
                    region ->
                            new TableStreamCalls(
                                    http,
                                    StaticCredentialsProvider.create(
                                            AwsBasicCredentials.create("test", "secret")),
                                    URI.create("http://localhost:8000"),
                                    region));

    @Test
    void signsCallsForTheServiceAndTheStreamsRegion() {
        http.answers("{\"ShardIterator\":\"i\"}");

        api.shardIterator(STREAM, SHARD, new Position.TrimHorizon());

        ScriptedHttp.Asked asked = http.asked().get(0);
        assertThat(asked.head().firstMatchingHeader("X-Amz-Target"))
                .contains("DynamoDBStreams_20120810.GetShardIterator");
        assertThat(asked.head().firstMatchingHeader("Content-Type"))
                .contains("application/x-amz-json-1.0");
        assertThat(asked.head().firstMatchingHeader("Authorization").orElseThrow())
                .startsWith("AWS4-HMAC-SHA256 Credential=test/")
                .contains("/eu-west-1/dynamodb/aws4_request")
                .doesNotContain("secret");
        assertThat(asked.body())
                .isEqualTo(
                        "{\"StreamArn\":\"%s\",\"ShardId\":\"%s\",\"ShardIteratorType\":\"TRIM_HORIZON\"}"
                                .formatted(STREAM, SHARD));
    }

    @Test
    void findsTheServiceInEachPartition() {
        assertThat(TableStreamCalls.endpointOf(Region.EU_WEST_1))
                .hasToString("https://streams.dynamodb.eu-west-1.amazonaws.com");
        assertThat(TableStreamCalls.endpointOf(Region.CN_NORTH_1))
                .hasToString("https://streams.dynamodb.cn-north-1.amazonaws.com.cn");
    }

    @Test
    void listsAllPages() {
        http.answers(description(shard("a", null, "7"), "a"))
                .answers(description(shard("b", "a", null), null));

        ShardListing listing = api.listShards(STREAM, new ShardSelection.Readable());

        assertThat(listing.shards()).extracting(Shard::id).containsExactly("a", "b");
        assertThat(listing.shards()).extracting(Shard::closed).containsExactly(true, false);
        assertThat(listing.shards().get(0).parents()).isEmpty();
        assertThat(listing.shards().get(1).parents()).containsExactly("a");
        assertThat(listing.serverTime()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(http.bodies())
                .containsExactly(
                        "{\"StreamArn\":\"%s\"}".formatted(STREAM),
                        "{\"StreamArn\":\"%s\",\"ExclusiveStartShardId\":\"a\"}".formatted(STREAM));
    }

    @Test
    void listsOpenShardsOnlyWhereThoseAreAskedFor() {
        http.answers(description(shard("a", null, "7") + ',' + shard("b", "a", null), null));

        assertThat(api.listShards(STREAM, new ShardSelection.Open()).shards())
                .extracting(Shard::id)
                .containsExactly("b");
    }

    @Test
    void listsAllWhereTheNewestKnownShardHasExpired() {
        http.fails(400, "ResourceNotFoundException")
                .answers(description(shard("b", "a", null), null));

        assertThat(api.listShards(STREAM, new ShardSelection.After("a")).shards()).hasSize(1);
        assertThat(http.bodies().get(1)).doesNotContain("ExclusiveStartShardId");
    }

    @Test
    void saysThatAStreamIsGoneAsKinesisDoes() {
        http.fails(400, "ResourceNotFoundException").fails(400, "ResourceNotFoundException");

        assertThatThrownBy(() -> api.listShards(STREAM, new ShardSelection.After("a")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("no");
    }

    @Test
    void givesRecordsAsTheyCame() {
        String first =
                "{\"eventID\":\"1\",\"eventName\":\"INSERT\", \"dynamodb\":{\"Keys\":{\"sort\":{\"S\":\"é\\\"\"},\"id\":{\"N\":\"7\"}},"
                        + "\"NewImage\":{\"Records\":{\"L\":[{\"M\":{\"SequenceNumber\":{\"S\":\"x\"}}}]}},"
                        + "\"ApproximateCreationDateTime\":1.795262399E9,\"SequenceNumber\":\"100\"},\"userIdentity\":null}";
        String second = record("200", 1_795_262_398L);
        http.answers(page(first + " , " + second, "n"));

        RecordPage page = api.getRecords(STREAM, SHARD, "0:0:i", 10_000);

        assertThat(page.records()).hasSize(2);
        Envelope envelope = page.records().get(0);
        assertThat(new String(envelope.payloadCopy(), StandardCharsets.UTF_8)).isEqualTo(first);
        assertThat(envelope.stream()).isEqualTo("orders");
        assertThat(envelope.shard()).isEqualTo(SHARD);
        assertThat(envelope.sequence()).isEqualTo("100");
        assertThat(envelope.subSequence()).isZero();
        assertThat(envelope.arrivalMillis()).isEqualTo(1_795_262_399_000L);
        assertThat(envelope.partitionKey())
                .isEqualTo("{\"id\":{\"N\":\"7\"},\"sort\":{\"S\":\"é\\\"\"}}");
        assertThat(new String(page.records().get(1).payloadCopy(), StandardCharsets.UTF_8))
                .isEqualTo(second);
        assertThat(page.bytes())
                .isEqualTo(
                        first.getBytes(StandardCharsets.UTF_8).length
                                + second.getBytes(StandardCharsets.UTF_8).length);
        assertThat(page.nextIterator()).isEqualTo("0:0:n");
        assertThat(page.millisBehindLatest()).isEqualTo(2_000);
        assertThat(http.bodies()).containsExactly("{\"ShardIterator\":\"i\",\"Limit\":1000}");
    }

    @Test
    void endsWithAClosedShard() {
        http.answers("{\"Records\":[]}");

        assertThat(api.getRecords(STREAM, SHARD, "0:0:i", 10).nextIterator()).isNull();
    }

    @Test
    void leavesOutWhatIsOlderThanTheTimeToBeginAt() {
        http.answers("{\"ShardIterator\":\"arn|1:2|x\"}")
                .answers(page(record("100", 10), "n1"))
                .answers(page("", "n2"))
                .answers(
                        page(
                                record("200", 19)
                                        + ','
                                        + record("300", 20)
                                        + ','
                                        + record("400", 19),
                                "n3"))
                .answers(page(record("500", 3), "n4"));
        Position start = new Position.AtTimestamp(Instant.ofEpochSecond(20));

        RecordPage empty = read(api.shardIterator(STREAM, SHARD, start));
        RecordPage some = read(empty.nextIterator());
        RecordPage all = read(some.nextIterator());

        assertThat(http.bodies().get(1)).contains("\"arn|1:2|x\"");
        assertThat(empty.records()).isEmpty();
        assertThat(empty.isAtTip()).isFalse();
        assertThat(some.records()).extracting(Envelope::sequence).containsExactly("300", "400");
        assertThat(all.records()).extracting(Envelope::sequence).containsExactly("500");
    }

    @Test
    void readsOnThroughPagesThatAreLeftOutWholeButNotForEver() {
        for (int i = 0; i < 30; i++) {
            http.answers(page(record(String.valueOf(100 + i), 10), "n"));
        }
        http.answers(page(record("500", 20), "n"));

        RecordPage first = read("20000:-1:i");
        int calls = http.bodies().size();
        RecordPage second = read(first.nextIterator());

        assertThat(first.records()).isEmpty();
        assertThat(first.isAtTip()).isFalse();
        assertThat(calls).isEqualTo(25);
        assertThat(second.records()).extracting(Envelope::sequence).containsExactly("500");
    }

    @Test
    void believesThatNothingIsLeftAfterSeveralEmptyPages() {
        String iterator = "0:0:i";
        for (int i = 0; i < 4; i++) {
            http.answers(page("", "i"));
            RecordPage page = read(iterator);
            assertThat(page.isAtTip()).isFalse();
            iterator = page.nextIterator();
        }
        http.answers(page("", "i")).answers(page("", "i"));

        RecordPage fifth = read(iterator);

        assertThat(fifth.isAtTip()).isTrue();
        assertThat(fifth.serverTime()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(read(fifth.nextIterator()).isAtTip()).isTrue();

        http.answers(page(record("100", 1), "i")).answers(page("", "i"));
        RecordPage more = read(fifth.nextIterator());
        assertThat(read(more.nextIterator()).isAtTip()).isFalse();
    }

    @Test
    void readsOnAtTheOldestRecordWhereAPositionHasExpired() {
        http.fails(400, "TrimmedDataAccessException").answers("{\"ShardIterator\":\"oldest\"}");

        String iterator = api.shardIterator(STREAM, SHARD, new Position.Behind("100", 0));

        assertThat(iterator).isEqualTo("0:-1:oldest");
        assertThat(http.bodies().get(0))
                .contains("\"AT_SEQUENCE_NUMBER\"", "\"SequenceNumber\":\"100\"");
        assertThat(http.bodies().get(1)).contains("\"TRIM_HORIZON\"");
    }

    @Test
    void asksForAnotherIteratorWhereTheRecordsOfOneHaveExpiredWhileItWasRead() {
        http.fails(400, "TrimmedDataAccessException");

        Throwable error = catchThrowable(() -> read("0:0:i"));

        assertThat(StreamFailure.of(error)).isEqualTo(StreamFailure.ITERATOR_EXPIRED);
    }

    @Test
    void readsTheOldestRecordsWhereThoseOfANewIteratorHaveExpired() {
        http.answers("{\"ShardIterator\":\"i\"}")
                .fails(400, "TrimmedDataAccessException")
                .answers("{\"ShardIterator\":\"oldest\"}")
                .answers(page(record("700", 1), "n"));

        String iterator = api.shardIterator(STREAM, SHARD, new Position.Behind("100", 0));

        assertThat(read(iterator).records()).extracting(Envelope::sequence).containsExactly("700");
        assertThat(http.bodies().get(2)).contains("\"TRIM_HORIZON\"");
    }

    @Test
    void endsAClosedShardWhoseRecordsHaveAllExpired() {
        trimmedAtEveryCall();
        http.answers(description(shard(SHARD, null, "7"), null));

        RecordPage page = read("0:-1:i");

        assertThat(page.nextIterator()).isNull();
        assertThat(page.records()).isEmpty();
    }

    @Test
    void endsNoShardThatMayGetRecords() {
        trimmedAtEveryCall();
        http.answers(description(shard(SHARD, null, null), null));

        Throwable error = catchThrowable(() -> read("0:-1:i"));

        assertThat(StreamFailure.of(error)).isEqualTo(StreamFailure.ITERATOR_EXPIRED);
    }

    private void trimmedAtEveryCall() {
        http.fails(400, "TrimmedDataAccessException");
        for (int i = 0; i < 3; i++) {
            http.answers("{\"ShardIterator\":\"oldest\"}").fails(400, "TrimmedDataAccessException");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, LimitExceededException, THROTTLED",
        "400, ThrottlingException, THROTTLED",
        "400, ProvisionedThroughputExceededException, THROTTLED",
        "400, ExpiredIteratorException, ITERATOR_EXPIRED",
        "500, InternalServerError, TRANSIENT",
        "503, ServiceUnavailable, TRANSIENT",
        "400, ResourceNotFoundException, FATAL",
        "400, ValidationException, FATAL",
        "400, AccessDeniedException, FATAL",
        "400, UnrecognizedClientException, FATAL",
    })
    void judgesErrorsAsThoseOfKinesis(int status, String code, StreamFailure failure) {
        http.fails(status, code);

        assertThat(StreamFailure.of(catchThrowable(() -> read("0:0:i")))).isEqualTo(failure);
    }

    @Test
    void triesAgainAfterAnswersThatDidNotComeWhole() {
        http.answers("{\"Records\":[{\"dynamodb\":{\"Keys\":{\"id\"")
                .answers(200, Map.of("x-amz-crc32", "1"), page("", "i"))
                .answers(502, Map.of(), "<html>Bad Gateway</html>");

        for (int i = 0; i < 4; i++) {
            Throwable error = catchThrowable(() -> read("0:0:i"));
            assertThat(error).isInstanceOf(SdkException.class);
            assertThat(StreamFailure.of(error)).isEqualTo(StreamFailure.TRANSIENT);
        }
    }

    @Test
    void takesAnAnswerWhoseChecksumIsRight() {
        http.answers(200, Map.of("x-amz-crc32", "2745614147"), "{}");

        assertThat(read("0:0:i").records()).isEmpty();
    }

    @Test
    void namesThePermissionThatIsMissing() {
        http.fails(400, "AccessDeniedException");
        Throwable error =
                catchThrowable(() -> api.listShards(STREAM, new ShardSelection.Readable()));

        assertThat(StreamException.of("ListShards", STREAM, null, error))
                .hasMessageContaining("DescribeStream on stream " + STREAM)
                .hasMessageContaining("Allow this identity dynamodb:DescribeStream on " + STREAM);
    }

    @Test
    void closesWhatItOpened() {
        http.answers("{\"ShardIterator\":\"i\"}");
        api.shardIterator(STREAM, SHARD, new Position.TrimHorizon());

        api.close();

        assertThat(http.isClosed()).isTrue();
    }

    private RecordPage read(String iterator) {
        return api.getRecords(STREAM, SHARD, iterator, 100);
    }

    private static String page(String records, String next) {
        return "{\"Records\":[%s],\"NextShardIterator\":\"%s\"}".formatted(records, next);
    }

    private static String record(String sequence, long seconds) {
        return "{\"dynamodb\":{\"ApproximateCreationDateTime\":%d,\"Keys\":{\"id\":{\"N\":\"7\"}},\"SequenceNumber\":\"%s\"}}"
                .formatted(seconds, sequence);
    }

    private static String description(String shards, String last) {
        return "{\"StreamDescription\":{\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],\"Shards\":[%s]%s,\"StreamStatus\":\"ENABLED\"}}"
                .formatted(shards, last == null ? "" : ",\"LastEvaluatedShardId\":\"" + last + '"');
    }

    private static String shard(String id, String parent, String end) {
        return "{\"ShardId\":\"%s\"%s,\"SequenceNumberRange\":{\"StartingSequenceNumber\":\"1\"%s}}"
                .formatted(
                        id,
                        parent == null ? "" : ",\"ParentShardId\":\"" + parent + '"',
                        end == null ? "" : ",\"EndingSequenceNumber\":\"" + end + '"');
    }
}
