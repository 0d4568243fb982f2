package io.hydrant.localstack.it;

import io.hydrant.delivery.ledger.AuditReport;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.kinesis.aggregation.AggregatedRecord;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole delivery between the real services of LocalStack, on a MiniCluster. */
@LocalStackTest
class DeliveryITCase {

    private static final int LARGEST_RECORD = 1024 * 1024;

    @TempDir private Path folder;

    private final LocalStack localStack;
    private final KinesisClient kinesis;
    private final S3Client s3;
    private final UniqueNames names;

    DeliveryITCase(LocalStack localStack, KinesisClient kinesis, S3Client s3, UniqueNames names) {
        this.localStack = localStack;
        this.kinesis = kinesis;
        this.s3 = s3;
        this.names = names;
    }

    @Test
    void deliversExactlyOnceOverASplitAndAMerge() throws Exception {
        String stream = names.newStream("reshard", 2);
        Corridor corridor = corridor(stream, names.newBucket("reshard"));
        corridor.putOfEveryKey(30);
        try (LocalJob job = LocalJob.start(corridor.plan())) {
            corridor.awaitDelivered(1, job::isAlive);

            List<Shard> children = split(stream, shards(stream).get(0));
            corridor.putOfEveryKey(30);
            kinesis.mergeShards(
                    r ->
                            r.streamName(stream)
                                    .shardToMerge(children.get(0).shardId())
                                    .adjacentShardToMerge(children.get(1).shardId()));
            names.awaitActive(stream);
            corridor.putOfEveryKey(30);

            corridor.awaitAllDelivered(job::isAlive);
            corridor.requireExactlyOnce();
        }
    }

    @Test
    void deliversRecordsOfEverySizeAndContentUnchanged() throws Exception {
        String stream = names.newStream("sizes", 1);
        Corridor corridor = corridor(stream, names.newBucket("sizes"));
        byte[] empty = {};
        byte[] notText = {(byte) 0xff, 0, (byte) 0xfe, '\r', '\n', (byte) 0xc3};
        byte[] large = new byte[LARGEST_RECORD - 1];
        new Random(1).nextBytes(large);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (byte[] alone : List.of(notText, large, notText)) {
            put(stream, "k", alone);
            expected.write(alone);
        }
        List<byte[]> together = List.of(empty, notText, empty, empty, new byte[] {'a'}, empty);
        putTogether(stream, together);
        for (byte[] each : together) {
            expected.write(each);
        }

        try (LocalJob job =
                LocalJob.start(
                        corridor.plan(
                                "ExtendedS3DestinationConfiguration.CompressionFormat=UNCOMPRESSED",
                                "ExtendedS3DestinationConfiguration.ProcessingConfiguration.Enabled=false"))) {
            AuditReport report = corridor.awaitComplete();

            assertThat(report.data().records()).isEqualTo(9);
            assertThat(job.isAlive()).isTrue();
        }
        assertThat(delivered(corridor)).isEqualTo(expected.toByteArray());
    }

    @Test
    void makesNoObjectOfAnEmptyStreamAndGoesOnWhenItFills() throws Exception {
        Corridor corridor = corridor(names.newStream("empty", 1), names.newBucket("empty"));
        try (LocalJob job = LocalJob.start(corridor.plan())) {
            job.awaitCheckpoints(3);
            assertThat(job.isAlive()).isTrue();
            assertThat(corridor.keys()).isEmpty();
            assertThat(corridor.audit().complete()).isTrue();

            corridor.putOfEveryKey(1);
            corridor.awaitAllDelivered(job::isAlive);
            corridor.requireExactlyOnce();
        }
    }

    @Test
    void saysThatTheStreamDoesNotExist() throws Exception {
        String missing = names.stream("missing");
        try (LocalJob job =
                LocalJob.start(corridor(missing, names.newBucket("no-stream")).plan())) {
            assertThat(job.failure())
                    .contains("stream/" + missing, "create the stream before the job");
        }
    }

    @Test
    void saysThatTheBucketDoesNotExist() throws Exception {
        String missing = names.bucket("missing");
        try (LocalJob job =
                LocalJob.start(corridor(names.newStream("no-bucket", 1), missing).plan())) {
            assertThat(job.failure())
                    .contains("There is no bucket '" + missing + "' there: create it");
        }
    }

    private Corridor corridor(String stream, String bucket) throws IOException {
        return new Corridor(localStack, kinesis, s3, stream, bucket, folder);
    }

    private void put(String stream, String key, byte[] data) {
        kinesis.putRecord(
                r ->
                        r.streamName(stream)
                                .partitionKey(key)
                                .data(SdkBytes.fromByteArrayUnsafe(data)));
    }

    private void putTogether(String stream, List<byte[]> userRecords) {
        KplAggregator aggregator = new KplAggregator(KplAggregator.DEFAULT_MAX_BYTES);
        for (byte[] data : userRecords) {
            assertThat(aggregator.add("k", null, data, 0, data.length)).isTrue();
        }
        AggregatedRecord record = aggregator.build();
        put(stream, record.partitionKey(), record.data());
    }

    /** The content of all objects, one after the other as the stream has their records. */
    private static byte[] delivered(Corridor corridor) throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        List<LedgerEntry> entries =
                corridor.ledger().stream()
                        .sorted(
                                Comparator.comparing(
                                        entry ->
                                                new BigInteger(
                                                        entry.shards().get(0).firstSequence())))
                        .toList();
        for (LedgerEntry entry : entries) {
            content.write(corridor.content(entry));
        }
        return content.toByteArray();
    }

    private List<Shard> split(String stream, Shard shard) {
        BigInteger first = new BigInteger(shard.hashKeyRange().startingHashKey());
        BigInteger last = new BigInteger(shard.hashKeyRange().endingHashKey());
        kinesis.splitShard(
                r ->
                        r.streamName(stream)
                                .shardToSplit(shard.shardId())
                                .newStartingHashKey(first.add(last).shiftRight(1).toString()));
        names.awaitActive(stream);
        return shards(stream).stream()
                .filter(each -> shard.shardId().equals(each.parentShardId()))
                .toList();
    }

    private List<Shard> shards(String stream) {
        return kinesis.listShards(r -> r.streamName(stream)).shards();
    }
}
