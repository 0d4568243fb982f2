package io.hydrant.localstack.bench;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.kinesis.sink.Aggregation;
import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.kinesis.sink.SdkPutApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.localstack.bench.cases.FlightLines;

import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.io.IOException;
import java.net.URI;

/** Fills the streams that the cases read. */
final class FlightStreams {

    private final AwsClientConfig aws;
    private final int shards;

    FlightStreams(URI kinesis, int shards) {
        this.aws = AwsClientConfig.forEndpoint(kinesis, "us-east-1", "anyone", "anything");
        this.shards = shards;
    }

    /** Makes a stream with that many flights, spread over its shards by partition key. */
    String fill(String name, FlightLines lines, long records, boolean aggregated)
            throws IOException, InterruptedException {
        String arn = create(name);
        StreamArn stream = StreamArn.parse(arn);
        BatchPutter.Builder builder =
                BatchPutter.builder(SdkPutApi.factory(aws, stream).open(), stream);
        if (aggregated) {
            builder.aggregate(Aggregation.DEFAULT);
        }
        try (BatchPutter putter = builder.build()) {
            for (long i = 0; i < records; i++) {
                putter.put(Long.toString(i), lines.line(i));
            }
            putter.flush();
        }
        return arn;
    }

    String create(String name) {
        try (KinesisClient client = AwsClients.create(KinesisClient.builder(), aws)) {
            client.createStream(r -> r.streamName(name).shardCount(shards));
            return client.describeStreamSummary(r -> r.streamName(name))
                    .streamDescriptionSummary()
                    .streamARN();
        }
    }

    void delete(String name) {
        try (KinesisClient client = AwsClients.create(KinesisClient.builder(), aws)) {
            client.deleteStream(r -> r.streamName(name));
        }
    }
}
