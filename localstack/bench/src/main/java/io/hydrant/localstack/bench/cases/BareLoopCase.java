package io.hydrant.localstack.bench.cases;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * The loop that one writes over the SDK in an afternoon: read a page from each shard in turn,
 * compress, put an object every 5 MB. It keeps no position and survives nothing.
 */
final class BareLoopCase {

    private static final int OBJECT_BYTES = 5 * 1024 * 1024;
    private static final int PAGE = 10_000;

    private BareLoopCase() {}

    static Measured run(CaseSettings settings) throws IOException {
        try (KinesisClient kinesis =
                        AwsClients.create(KinesisClient.builder(), at(settings.kinesis()));
                S3Client s3 =
                        AwsClients.create(
                                S3Client.builder().forcePathStyle(true), at(settings.s3()))) {
            List<String> iterators = iterators(kinesis, settings.streamArn());
            long read = 0;
            int objects = 0;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            GZIPOutputStream gzip = new GZIPOutputStream(bytes);
            long raw = 0;
            for (int turn = 0; read < settings.records(); turn++) {
                int shard = turn % iterators.size();
                String iterator = iterators.get(shard);
                GetRecordsResponse page =
                        kinesis.getRecords(r -> r.shardIterator(iterator).limit(PAGE));
                iterators.set(shard, page.nextShardIterator());
                for (Record got : page.records()) {
                    byte[] line = got.data().asByteArrayUnsafe();
                    gzip.write(line);
                    gzip.write('\n');
                    raw += line.length + 1;
                    read++;
                    if (raw >= OBJECT_BYTES || read == settings.records()) {
                        gzip.close();
                        put(s3, settings.bucket(), objects++, bytes);
                        bytes.reset();
                        gzip = new GZIPOutputStream(bytes);
                        raw = 0;
                    }
                }
            }
            return Measured.ofHeap(ProcessMeter.heapAfterCollection());
        }
    }

    private static List<String> iterators(KinesisClient kinesis, String streamArn) {
        List<String> iterators = new ArrayList<>();
        for (Shard shard : kinesis.listShards(r -> r.streamARN(streamArn)).shards()) {
            iterators.add(
                    kinesis.getShardIterator(
                                    r ->
                                            r.streamARN(streamArn)
                                                    .shardId(shard.shardId())
                                                    .shardIteratorType(
                                                            ShardIteratorType.TRIM_HORIZON))
                            .shardIterator());
        }
        return iterators;
    }

    private static void put(S3Client s3, String bucket, int number, ByteArrayOutputStream bytes) {
        s3.putObject(
                r -> r.bucket(bucket).key("bare/" + number + ".gz"),
                RequestBody.fromBytes(bytes.toByteArray()));
    }

    private static AwsClientConfig at(URI endpoint) {
        return AwsClientConfig.forEndpoint(endpoint, "us-east-1", "anyone", "anything");
    }
}
