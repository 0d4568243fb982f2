package io.hydrant.localstack.fakes.kinesis;

import io.hydrant.localstack.fakes.http.Fault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ExpiredNextTokenException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Speaks to the fake with Amazon's own client, whose parsers are as strict as any user's. */
class FakeKinesisTest {

    private List<Integer> payloads(String shard) {
        return read(iterator(shard, ShardIteratorType.TRIM_HORIZON)).records().stream()
                .map(one -> (int) one.data().asByteArray()[0])
                .toList();
    }

    private static final String STREAM = "flights";
    private static final String FIRST_SHARD = "shardId-000000000000";

    private final AtomicLong now =
            new AtomicLong(Instant.parse("2013-06-01T10:00:00Z").toEpochMilli());
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    private FakeKinesis fake;
    private KinesisClient client;

    @BeforeEach
    void start() throws IOException {
        fake = FakeKinesis.start(0, clock);
        client = client();
    }

    @AfterEach
    void stop() {
        client.close();
        fake.close();
        System.clearProperty(SdkSystemSetting.CBOR_ENABLED.property());
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void givesBackWhatWasPutInBothWireFormats(String cbor) {
        System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), cbor);
        client.close();
        client = client();
        createStream(1);

        byte[] bytes = {0, -1, 'a', '\n', -128};
        put("käse", bytes);
        now.addAndGet(2500);
        put("empty", new byte[0]);

        GetRecordsResponse answer = read(iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON));
        assertThat(answer.records()).hasSize(2);
        Record first = answer.records().get(0);
        assertThat(first.data().asByteArray()).isEqualTo(bytes);
        assertThat(first.partitionKey()).isEqualTo("käse");
        assertThat(first.approximateArrivalTimestamp())
                .isEqualTo(Instant.parse("2013-06-01T10:00:00Z"));
        assertThat(answer.records().get(1).data().asByteArray()).isEmpty();
        assertThat(answer.records().get(1).approximateArrivalTimestamp())
                .isEqualTo(Instant.parse("2013-06-01T10:00:02.500Z"));
        assertThat(new BigInteger(answer.records().get(1).sequenceNumber()))
                .isGreaterThan(new BigInteger(first.sequenceNumber()));
        assertThat(answer.millisBehindLatest()).isZero();
        assertThat(answer.nextShardIterator()).isNotNull();
    }

    @Test
    void fillsAStreamWithRecordsInTurnOnTheShardsOfTheirHashKeys() {
        fake.fill(
                STREAM,
                2,
                5,
                List.of(
                        new PreparedRecord("plain", null, new byte[] {1}),
                        new PreparedRecord("a", "0", new byte[] {2})));

        assertThat(payloads("shardId-000000000000")).containsExactly(2, 2);
        assertThat(payloads("shardId-000000000001")).containsExactly(1, 1, 1);
        assertThatThrownBy(() -> fake.fill(STREAM, 1, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Stream flights exists already");
    }

    @Test
    void countsTheReadsThatItRefuses() {
        createStream(1);
        fake.throttleReads(true);
        String iterator = iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON);
        for (int call = 0; call < 5; call++) {
            read(iterator);
        }
        assertThat(fake.refusedReads()).isZero();

        assertThatThrownBy(() -> read(iterator))
                .isInstanceOf(ProvisionedThroughputExceededException.class);
        assertThat(fake.refusedReads()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void namesItsErrorsInBothWireFormats(String cbor) {
        System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), cbor);
        client.close();
        client = client();

        assertThatThrownBy(() -> client.listShards(request -> request.streamName("none")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Stream none under account 000000000000 not found");
    }

    @Test
    void describesAStreamByNameAndByArn() {
        createStream(3);

        String arn =
                client.describeStreamSummary(request -> request.streamName(STREAM))
                        .streamDescriptionSummary()
                        .streamARN();
        assertThat(arn).isEqualTo("arn:aws:kinesis:us-east-1:000000000000:stream/flights");
        var summary =
                client.describeStreamSummary(request -> request.streamARN(arn))
                        .streamDescriptionSummary();
        assertThat(summary.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
        assertThat(summary.openShardCount()).isEqualTo(3);
        assertThat(summary.streamCreationTimestamp()).isEqualTo(clock.instant());
        var description = client.describeStream(r -> r.streamARN(arn).limit(2)).streamDescription();
        assertThat(description.shards()).hasSize(2);
        assertThat(description.hasMoreShards()).isTrue();
        assertThat(client.listStreams().streamNames()).containsExactly(STREAM);

        assertThatThrownBy(
                        () ->
                                client.describeStreamSummary(
                                        request -> request.streamARN(arn).streamName("other")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("do not match");
        assertThatThrownBy(() -> createStream(1))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageContaining("already exists");
    }

    @Test
    void coversTheRingWithoutGapAndSendsEachHashKeyToItsShard() {
        createStream(3);
        List<Shard> shards = shards();

        assertThat(shards.get(0).hashKeyRange().startingHashKey()).isEqualTo("0");
        assertThat(new BigInteger(shards.get(2).hashKeyRange().endingHashKey()))
                .isEqualTo(BigInteger.TWO.pow(128).subtract(BigInteger.ONE));
        for (int i = 1; i < 3; i++) {
            assertThat(new BigInteger(shards.get(i).hashKeyRange().startingHashKey()))
                    .isEqualTo(
                            new BigInteger(shards.get(i - 1).hashKeyRange().endingHashKey())
                                    .add(BigInteger.ONE));
        }
        for (Shard shard : shards) {
            for (String edge :
                    List.of(
                            shard.hashKeyRange().startingHashKey(),
                            shard.hashKeyRange().endingHashKey())) {
                assertThat(
                                client.putRecord(
                                                request ->
                                                        request.streamName(STREAM)
                                                                .partitionKey("any")
                                                                .explicitHashKey(edge)
                                                                .data(SdkBytes.fromUtf8String("x")))
                                        .shardId())
                        .isEqualTo(shard.shardId());
            }
        }
        // MD5 of "a" is 0cc1..., in the first third; of "b" 92eb..., in the second.
        assertThat(put("a", new byte[1]).shardId()).isEqualTo(shards.get(0).shardId());
        assertThat(put("b", new byte[1]).shardId()).isEqualTo(shards.get(1).shardId());
    }

    @Test
    void startsReadingWhereTheIteratorTypeSays() {
        createStream(1);
        List<String> sequences = new ArrayList<>();
        Instant third = null;
        for (int i = 0; i < 5; i++) {
            now.addAndGet(1000);
            third = i == 2 ? clock.instant() : third;
            sequences.add(put("k", new byte[] {(byte) i}).sequenceNumber());
        }
        Instant thirdArrival = third;

        assertThat(sequencesFrom(r -> r.shardIteratorType(ShardIteratorType.TRIM_HORIZON)))
                .isEqualTo(sequences);
        assertThat(
                        sequencesFrom(
                                r ->
                                        r.shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                                                .startingSequenceNumber(sequences.get(2))))
                .isEqualTo(sequences.subList(2, 5));
        assertThat(
                        sequencesFrom(
                                r ->
                                        r.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                                .startingSequenceNumber(sequences.get(2))))
                .isEqualTo(sequences.subList(3, 5));
        assertThat(
                        sequencesFrom(
                                r ->
                                        r.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                                                .timestamp(thirdArrival)))
                .isEqualTo(sequences.subList(2, 5));
        String latest = iterator(FIRST_SHARD, ShardIteratorType.LATEST);
        String after = put("k", new byte[1]).sequenceNumber();
        assertThat(read(latest).records())
                .extracting(Record::sequenceNumber)
                .containsExactly(after);
        assertThatThrownBy(
                        () ->
                                sequencesFrom(
                                        r ->
                                                r.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                                                        .timestamp(clock.instant().plusSeconds(1))))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("cannot be greater than the currentTimestampInMillis");
    }

    @Test
    void refusesASequenceNumberThatDoesNotLieInTheShard() {
        createStream(1);
        String inParent = put("a", new byte[1]).sequenceNumber();
        client.splitShard(
                r ->
                        r.streamName(STREAM)
                                .shardToSplit(FIRST_SHARD)
                                .newStartingHashKey(BigInteger.TWO.pow(127).toString()));
        PutRecordResponse inChild = put("a", new byte[1]);

        assertThatThrownBy(() -> iteratorAt(inChild.shardId(), inParent))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("does not lie in shard shardId-000000000001");
        assertThatThrownBy(() -> iteratorAt(FIRST_SHARD, inChild.sequenceNumber()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("does not lie in shard " + FIRST_SHARD);
        assertThatThrownBy(() -> iteratorAt(FIRST_SHARD, "12345"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("was not given out by this stream");
    }

    @Test
    void pagesThroughAShardAndTellsHowFarBehind() {
        createStream(1);
        put("k", new byte[1]);
        now.addAndGet(3000);
        put("k", new byte[2]);
        now.addAndGet(4000);

        GetRecordsResponse first =
                client.getRecords(
                        r ->
                                r.shardIterator(
                                                iterator(
                                                        FIRST_SHARD,
                                                        ShardIteratorType.TRIM_HORIZON))
                                        .limit(1));
        assertThat(first.records()).hasSize(1);
        assertThat(first.millisBehindLatest()).isEqualTo(4000);
        GetRecordsResponse second = read(first.nextShardIterator());
        assertThat(second.records()).hasSize(1);
        assertThat(second.millisBehindLatest()).isZero();
        GetRecordsResponse third = read(second.nextShardIterator());
        assertThat(third.records()).isEmpty();
    }

    @Test
    void returnsAtMostTenMegabytesInOneAnswer() {
        createStream(1);
        for (int i = 0; i < 11; i++) {
            put("k", new byte[1024 * 1024 - 1]);
        }

        GetRecordsResponse answer = read(iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON));
        assertThat(answer.records()).hasSize(10);
        assertThat(read(answer.nextShardIterator()).records()).hasSize(1);
    }

    @Test
    void endsAClosedShardWithoutIteratorAndNamesItsChildren() {
        createStream(1);
        put("a", new byte[1]);
        String middle = BigInteger.TWO.pow(127).toString();
        client.splitShard(
                r -> r.streamName(STREAM).shardToSplit(FIRST_SHARD).newStartingHashKey(middle));

        GetRecordsResponse end = read(iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON));
        assertThat(end.records()).hasSize(1);
        assertThat(end.nextShardIterator()).isNull();
        assertThat(end.childShards())
                .extracting(child -> child.shardId())
                .containsExactly("shardId-000000000001", "shardId-000000000002");
        assertThat(end.childShards().get(0).parentShards()).containsExactly(FIRST_SHARD);

        List<Shard> shards = shards();
        assertThat(shards.get(0).sequenceNumberRange().endingSequenceNumber()).isNotNull();
        assertThat(new BigInteger(shards.get(1).sequenceNumberRange().startingSequenceNumber()))
                .isGreaterThan(
                        new BigInteger(shards.get(0).sequenceNumberRange().endingSequenceNumber()));
        assertThat(shards.get(1).parentShardId()).isEqualTo(FIRST_SHARD);

        client.mergeShards(
                r ->
                        r.streamName(STREAM)
                                .shardToMerge("shardId-000000000002")
                                .adjacentShardToMerge("shardId-000000000001"));
        Shard merged = shards().get(3);
        assertThat(merged.parentShardId()).isEqualTo("shardId-000000000002");
        assertThat(merged.adjacentParentShardId()).isEqualTo("shardId-000000000001");
        assertThat(merged.hashKeyRange()).isEqualTo(shards.get(0).hashKeyRange());
        assertThat(put("a", new byte[1]).shardId()).isEqualTo(merged.shardId());
        assertThatThrownBy(
                        () ->
                                client.splitShard(
                                        r ->
                                                r.streamName(STREAM)
                                                        .shardToSplit(FIRST_SHARD)
                                                        .newStartingHashKey(middle)))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageContaining("is closed already");
    }

    @Test
    void refusesToMergeShardsThatAreNoNeighbours() {
        createStream(3);

        assertThatThrownBy(
                        () ->
                                client.mergeShards(
                                        r ->
                                                r.streamName(STREAM)
                                                        .shardToMerge(FIRST_SHARD)
                                                        .adjacentShardToMerge(
                                                                "shardId-000000000002")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("not an adjacent pair");
    }

    @Test
    void listsShardsPageByPageFromAnExclusiveStart() {
        createStream(5);

        ListShardsResponse first =
                client.listShards(
                        r -> r.streamName(STREAM).exclusiveStartShardId(FIRST_SHARD).maxResults(2));
        assertThat(first.shards())
                .extracting(Shard::shardId)
                .containsExactly("shardId-000000000001", "shardId-000000000002");
        ListShardsResponse second = client.listShards(r -> r.nextToken(first.nextToken()));
        assertThat(second.shards())
                .extracting(Shard::shardId)
                .containsExactly("shardId-000000000003", "shardId-000000000004");
        assertThat(second.nextToken()).isNull();

        assertThatThrownBy(
                        () ->
                                client.listShards(
                                        r -> r.streamName(STREAM).nextToken(first.nextToken())))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("NextToken and StreamName cannot be provided together");
        now.addAndGet(300_001);
        assertThatThrownBy(() -> client.listShards(r -> r.nextToken(first.nextToken())))
                .isInstanceOf(ExpiredNextTokenException.class)
                .hasMessageContaining("expired");
    }

    @Test
    void filtersShardsByTheirLifetime() {
        createStream(1);
        Instant beforeSplit = clock.instant();
        now.addAndGet(1000);
        client.splitShard(
                r ->
                        r.streamName(STREAM)
                                .shardToSplit(FIRST_SHARD)
                                .newStartingHashKey(BigInteger.TWO.pow(127).toString()));
        now.addAndGet(1000);

        assertThat(filtered(ShardFilterType.AT_LATEST, null)).containsExactly(1, 2);
        assertThat(filtered(ShardFilterType.AT_TRIM_HORIZON, null)).containsExactly(0);
        assertThat(filtered(ShardFilterType.FROM_TRIM_HORIZON, null)).containsExactly(0, 1, 2);
        assertThat(filtered(ShardFilterType.AT_TIMESTAMP, beforeSplit)).containsExactly(0);
        assertThat(filtered(ShardFilterType.FROM_TIMESTAMP, beforeSplit)).containsExactly(0, 1, 2);
        assertThat(filtered(ShardFilterType.FROM_TIMESTAMP, clock.instant())).containsExactly(1, 2);
        assertThat(
                        client.listShards(
                                        r ->
                                                r.streamName(STREAM)
                                                        .shardFilter(
                                                                f ->
                                                                        f.type(
                                                                                        ShardFilterType
                                                                                                .AFTER_SHARD_ID)
                                                                                .shardId(
                                                                                        "shardId-000000000001")))
                                .shards())
                .extracting(Shard::shardId)
                .containsExactly("shardId-000000000002");
    }

    @Test
    void expiresIteratorsByAgeAndOnDemand() {
        createStream(1);
        String old = iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON);
        now.addAndGet(300_000);
        assertThat(read(old).records()).isEmpty();
        now.addAndGet(1);
        assertThatThrownBy(() -> read(old))
                .isInstanceOf(ExpiredIteratorException.class)
                .hasMessageContaining("Iterator expired");

        String fresh = iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON);
        fake.expireIterators();
        assertThatThrownBy(() -> read(fresh))
                .isInstanceOf(ExpiredIteratorException.class)
                .hasMessageContaining("Iterator expired");
        assertThat(read(iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON)).records()).isEmpty();
    }

    @Test
    void turnsDownSingleRecordsOfACallThatSucceeds() {
        createStream(1);
        fake.rejectRecords(2, "ProvisionedThroughputExceededException", key -> !key.equals("k0"));

        PutRecordsResponse answer = putAll("k0", "k1", "k2", "k3");
        assertThat(answer.failedRecordCount()).isEqualTo(2);
        assertThat(answer.records().get(0).sequenceNumber()).isNotNull();
        assertThat(answer.records().get(1).errorCode())
                .isEqualTo("ProvisionedThroughputExceededException");
        assertThat(answer.records().get(1).errorMessage()).contains("Rate exceeded for shard");
        assertThat(answer.records().get(3).shardId()).isEqualTo(FIRST_SHARD);
        assertThat(read(iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON)).records())
                .extracting(Record::partitionKey)
                .containsExactly("k0", "k3");
    }

    @Test
    void holdsAShardToItsReadLimitsWhenTold() {
        createStream(2);
        fake.throttleReads(true);
        String iterator = iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON);
        for (int i = 0; i < 5; i++) {
            assertThat(read(iterator).records()).isEmpty();
        }
        assertThatThrownBy(() -> read(iterator))
                .isInstanceOf(ProvisionedThroughputExceededException.class)
                .hasMessageContaining("Rate exceeded for shard " + FIRST_SHARD);
        assertThat(read(iterator("shardId-000000000001", ShardIteratorType.TRIM_HORIZON)).records())
                .isEmpty();
        now.addAndGet(1000);
        assertThat(read(iterator).records()).isEmpty();
        fake.throttleReads(false);
        for (int i = 0; i < 10; i++) {
            assertThat(read(iterator).records()).isEmpty();
        }
    }

    @Test
    void letsALargeAnswerUseUpTheSecondsAfterIt() {
        ReadThrottle throttle = new ReadThrottle();

        assertThat(throttle.admits(0)).isTrue();
        throttle.returned(10_000_000, 0);
        assertThat(throttle.admits(3999)).isFalse();
        assertThat(throttle.admits(4000)).isTrue();
    }

    @Test
    void suffersPlannedFaultsAndRecovers() {
        createStream(1);
        fake.faults()
                .next("GetShardIterator", 1, Fault.refuse(500, "InternalFailure", "on purpose"));
        assertThatThrownBy(() -> iterator(FIRST_SHARD, ShardIteratorType.LATEST))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("on purpose");

        fake.faults().after("PutRecord", 1, 1, Fault.dropAnswer());
        put("k", new byte[1]);
        assertThatThrownBy(() -> put("k", new byte[2]))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("failed to respond");
        fake.faults().next("PutRecord", 1, Fault.dropRequest());
        assertThatThrownBy(() -> put("k", new byte[3]))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("failed to respond");
        assertThat(fake.faults().outstanding()).isZero();

        assertThat(read(iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON)).records())
                .extracting(stored -> stored.data().asByteArray().length)
                .containsExactly(1, 2);
        assertThat(fake.requests().count("PutRecord")).isEqualTo(3);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        createStream(1);

        assertThatThrownBy(
                        () ->
                                client.addTagsToStream(
                                        r -> r.streamName(STREAM).tags(Map.of("a", "b"))))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("This fake has no action AddTagsToStream");
        assertThatThrownBy(
                        () ->
                                client.createStream(
                                        r ->
                                                r.streamName("other")
                                                        .shardCount(1)
                                                        .warmThroughputMiBps(1)))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("CreateStream has no member WarmThroughputMiBps");
        assertThatThrownBy(() -> read("AAAA"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Invalid ShardIterator");
        assertThatThrownBy(() -> put("k", new byte[1024 * 1024]))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("Member must have length less than or equal to 1048576");
        assertThatThrownBy(() -> putAll(new String[501]))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("between 1 and 500");
    }

    @Test
    void forgetsTrimmedRecords() {
        createStream(1);
        String first = put("k", new byte[1]).sequenceNumber();
        put("k", new byte[1]);
        String third = put("k", new byte[2]).sequenceNumber();

        fake.trimBefore(STREAM, FIRST_SHARD, third);
        assertThat(read(iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON)).records())
                .extracting(Record::sequenceNumber)
                .containsExactly(third);
        for (ShardIteratorType type :
                List.of(
                        ShardIteratorType.AT_SEQUENCE_NUMBER,
                        ShardIteratorType.AFTER_SEQUENCE_NUMBER)) {
            String atTrimmed =
                    client.getShardIterator(
                                    r ->
                                            r.streamName(STREAM)
                                                    .shardId(FIRST_SHARD)
                                                    .shardIteratorType(type)
                                                    .startingSequenceNumber(first))
                            .shardIterator();
            assertThat(read(atTrimmed).records())
                    .extracting(Record::sequenceNumber)
                    .containsExactly(third);
        }
    }

    @Test
    void forgetsADeletedStream() {
        createStream(1);
        client.deleteStream(r -> r.streamName(STREAM));

        assertThat(client.listStreams().streamNames()).isEmpty();
        createStream(2);
        assertThat(shards()).hasSize(2);
    }

    private KinesisClient client() {
        return KinesisClient.builder()
                .endpointOverride(fake.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("anyone", "anything")))
                .httpClientBuilder(Apache5HttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    private void createStream(int shardCount) {
        client.createStream(r -> r.streamName(STREAM).shardCount(shardCount));
    }

    private PutRecordResponse put(String partitionKey, byte[] data) {
        return client.putRecord(
                r ->
                        r.streamName(STREAM)
                                .partitionKey(partitionKey)
                                .data(SdkBytes.fromByteArray(data)));
    }

    private PutRecordsResponse putAll(String... partitionKeys) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (String key : partitionKeys) {
            entries.add(
                    PutRecordsRequestEntry.builder()
                            .partitionKey(key == null ? "k" : key)
                            .data(SdkBytes.fromUtf8String("x"))
                            .build());
        }
        return client.putRecords(r -> r.streamName(STREAM).records(entries));
    }

    private List<Shard> shards() {
        return client.listShards(r -> r.streamName(STREAM)).shards();
    }

    private List<Integer> filtered(ShardFilterType type, Instant timestamp) {
        return client
                .listShards(
                        r ->
                                r.streamName(STREAM)
                                        .shardFilter(f -> f.type(type).timestamp(timestamp)))
                .shards()
                .stream()
                .map(shard -> Integer.parseInt(shard.shardId().substring("shardId-".length())))
                .toList();
    }

    private String iterator(String shard, ShardIteratorType type) {
        return iterator(r -> r.shardId(shard).shardIteratorType(type));
    }

    private String iterator(Consumer<GetShardIteratorRequest.Builder> details) {
        return client.getShardIterator(
                        r -> {
                            r.streamName(STREAM).shardId(FIRST_SHARD);
                            details.accept(r);
                        })
                .shardIterator();
    }

    private String iteratorAt(String shard, String sequence) {
        return iterator(
                r ->
                        r.shardId(shard)
                                .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                                .startingSequenceNumber(sequence));
    }

    private List<String> sequencesFrom(Consumer<GetShardIteratorRequest.Builder> details) {
        return read(iterator(details)).records().stream().map(Record::sequenceNumber).toList();
    }

    private GetRecordsResponse read(String iterator) {
        return client.getRecords(r -> r.shardIterator(iterator));
    }
}
