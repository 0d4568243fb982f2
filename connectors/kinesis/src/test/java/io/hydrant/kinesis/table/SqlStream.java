package io.hydrant.kinesis.table;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A stream behind a table: its options in SQL, and what is in it beside the table. */
final class SqlStream {

    private final KinesisClient client;
    private final URI endpoint;
    private final String name;

    private SqlStream(KinesisClient client, URI endpoint, String name) {
        this.client = client;
        this.endpoint = endpoint;
        this.name = name;
    }

    static SqlStream create(URI endpoint, String name, int shards) {
        KinesisClient client =
                KinesisClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("test", "test")))
                        .build();
        client.createStream(request -> request.streamName(name).shardCount(shards));
        return new SqlStream(client, endpoint, name);
    }

    String name() {
        return name;
    }

    String arn() {
        return client.describeStreamSummary(request -> request.streamName(name))
                .streamDescriptionSummary()
                .streamARN();
    }

    /** Where the stream is, and with what keys. */
    String access() {
        return "'aws.endpoint' = '%s', 'aws.credentials.provider' = 'BASIC',".formatted(endpoint)
                + " 'aws.credentials.basic.accesskeyid' = 'test',"
                + " 'aws.credentials.basic.secretkey' = 'test'";
    }

    /** All options but the format, from the oldest record on. */
    String options() {
        return "'connector' = 'kinesis', 'stream.arn' = '%s', 'source.init.position' = 'TRIM_HORIZON', %s"
                .formatted(arn(), access());
    }

    void put(String partitionKey, String text) {
        client.putRecord(
                request ->
                        request.streamName(name)
                                .partitionKey(partitionKey)
                                .data(SdkBytes.fromUtf8String(text)));
    }

    void putTo(String shardId, String text) {
        String hashKey =
                shards().stream()
                        .filter(shard -> shard.shardId().equals(shardId))
                        .findFirst()
                        .orElseThrow()
                        .hashKeyRange()
                        .startingHashKey();
        client.putRecord(
                request ->
                        request.streamName(name)
                                .partitionKey("key")
                                .explicitHashKey(hashKey)
                                .data(SdkBytes.fromUtf8String(text)));
    }

    List<String> shardIds() {
        return shards().stream().map(Shard::shardId).toList();
    }

    List<String> partitionKeys() {
        return records().stream().map(Put::partitionKey).toList();
    }

    /** All records, shard by shard. */
    List<Put> records() {
        List<Put> all = new ArrayList<>();
        for (String shard : shardIds()) {
            String iterator =
                    client.getShardIterator(
                                    request ->
                                            request.streamName(name)
                                                    .shardId(shard)
                                                    .shardIteratorType(
                                                            ShardIteratorType.TRIM_HORIZON))
                            .shardIterator();
            for (Record record :
                    client.getRecords(request -> request.shardIterator(iterator)).records()) {
                all.add(new Put(shard, record.sequenceNumber(), record.partitionKey()));
            }
        }
        return all;
    }

    private List<Shard> shards() {
        return client.listShards(request -> request.streamName(name)).shards();
    }

    /**
     * A record in the stream.
     *
     * @param shardId where it is
     * @param sequenceNumber its number there
     * @param partitionKey as the service has it
     */
    record Put(String shardId, String sequenceNumber, String partitionKey) {}
}
