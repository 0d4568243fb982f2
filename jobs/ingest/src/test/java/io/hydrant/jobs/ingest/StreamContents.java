package io.hydrant.jobs.ingest;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;
import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is in a stream.
 *
 * @param stream its name
 * @param aws how it is reached
 */
record StreamContents(String stream, AwsClientConfig aws) {

    /** The bytes of all records, within which those of aggregates stand as they are. */
    String stored() {
        StringBuilder stored = new StringBuilder();
        try (KinesisClient client = AwsClients.create(KinesisClient.builder(), aws)) {
            for (Shard shard : client.listShards(to -> to.streamName(stream)).shards()) {
                String iterator =
                        client.getShardIterator(
                                        to ->
                                                to.streamName(stream)
                                                        .shardId(shard.shardId())
                                                        .shardIteratorType("TRIM_HORIZON"))
                                .shardIterator();
                GetRecordsResponse page;
                do {
                    String next = iterator;
                    page = client.getRecords(to -> to.shardIterator(next));
                    page.records()
                            .forEach(
                                    record ->
                                            stored.append(
                                                    record.data()
                                                            .asString(
                                                                    StandardCharsets.ISO_8859_1)));
                    iterator = page.nextShardIterator();
                } while (!page.records().isEmpty());
            }
        }
        return stored.toString();
    }

    /** What a source finds in the stream. */
    List<String> read(boolean withoutCopies) throws Exception {
        return records(withoutCopies).stream()
                .map(record -> new String(record.payloadCopy(), StandardCharsets.UTF_8))
                .toList();
    }

    /** The records that a source finds in the stream. */
    List<Envelope> records(boolean withoutCopies) throws Exception {
        KinesisSource source =
                KinesisSource.of(
                        StreamArn.parse("arn:aws:kinesis:us-east-1:000000000000:stream/" + stream),
                        aws,
                        KinesisSourceConfig.from(
                                Configuration.fromMap(
                                        Map.of(
                                                "source.init.position", "TRIM_HORIZON",
                                                "source.end.position", "NOW",
                                                "source.shard.get-records.interval", "1 ms",
                                                "source.deduplication.enabled",
                                                        withoutCopies + ""))));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
        List<Envelope> read = new ArrayList<>();
        try (CloseableIterator<Envelope> records =
                env.fromSource(
                                source,
                                WatermarkStrategy.noWatermarks(),
                                "records",
                                EnvelopeTypeInformation.INSTANCE)
                        .uid("records")
                        .executeAndCollect()) {
            records.forEachRemaining(read::add);
        }
        return read;
    }
}
