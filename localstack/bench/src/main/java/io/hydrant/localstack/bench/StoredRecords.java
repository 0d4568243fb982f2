package io.hydrant.localstack.bench;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.source.InitialPosition;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.KinesisSourceOptions;
import io.hydrant.kinesis.source.reader.ShardScanner;
import io.hydrant.kinesis.stream.SdkStreamApi;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.configuration.Configuration;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Counts what a stream holds behind a run: a case that loses records would be quick. */
final class StoredRecords {

    private StoredRecords() {}

    /** User records in a stream, as our reader finds them. */
    static long count(AwsClientConfig aws, String arn) throws InterruptedException {
        Configuration reading = new Configuration();
        reading.set(KinesisSourceOptions.INIT_POSITION, InitialPosition.TRIM_HORIZON);
        reading.set(KinesisSourceOptions.GET_RECORDS_INTERVAL, Duration.ofMillis(1));
        StreamArn stream = StreamArn.parse(arn);
        try (StreamApi api = SdkStreamApi.factory(aws, stream).open()) {
            ShardScanner scanner = new ShardScanner(api, stream, KinesisSourceConfig.from(reading));
            Instant until = Instant.now().plus(Duration.ofDays(1));
            long records = 0;
            for (Shard shard : scanner.shards()) {
                records += scanner.scan(shard, until, record -> {}, (done, count, behind) -> {});
            }
            return records;
        }
    }

    /**
     * Makes sure that a stream holds so many.
     *
     * @throws IOException if it does not
     */
    static void require(AwsClientConfig aws, String arn, String caseId, long expected)
            throws IOException, InterruptedException {
        long stored = count(aws, arn);
        if (stored != expected) {
            throw new IOException(
                    "The case " + caseId + " put " + stored + " of " + expected + " records");
        }
    }
}
