package io.hydrant.localstack.bench.stream;

import io.hydrant.core.aws.AwsClients;
import io.hydrant.kinesis.sink.Aggregation;
import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.kinesis.sink.SdkPutApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Plain programs that put records: the SDK's limit, and our putter. */
final class PutLoops {

    private static final int BATCH = 500;

    private PutLoops() {}

    /** One thread that puts five hundred records at a time. */
    static Measured sdk(StreamCaseSettings settings) throws IOException {
        Payloads payloads = new Payloads(settings.load().recordBytes());
        Progress progress = new Progress(settings.records());
        long start = System.currentTimeMillis();
        try (KinesisClient client =
                AwsClients.create(KinesisClient.builder(), HydrantStream.aws(settings.kinesis()))) {
            List<PutRecordsRequestEntry> batch = new ArrayList<>(BATCH);
            for (long i = 0; i < settings.records(); i++) {
                byte[] document = payloads.document(i);
                batch.add(
                        PutRecordsRequestEntry.builder()
                                .partitionKey(Payloads.key(document))
                                .data(SdkBytes.fromByteArrayUnsafe(document))
                                .build());
                if (batch.size() == BATCH || i == settings.records() - 1) {
                    int failed =
                            client.putRecords(r -> r.streamARN(settings.streamArn()).records(batch))
                                    .failedRecordCount();
                    if (failed > 0) {
                        throw new IOException(failed + " records were not taken");
                    }
                    batch.clear();
                    progress.at(i + 1);
                }
            }
        }
        return measured(start, progress);
    }

    /** Our putter with its defaults. */
    static Measured putter(StreamCaseSettings settings) throws IOException, InterruptedException {
        Payloads payloads = new Payloads(settings.load().recordBytes());
        StreamArn stream = StreamArn.parse(settings.streamArn());
        Progress progress = new Progress(settings.records());
        long start = System.currentTimeMillis();
        BatchPutter.Builder builder =
                BatchPutter.builder(
                        SdkPutApi.factory(HydrantStream.aws(settings.kinesis()), stream).open(),
                        stream);
        if (settings.load().isAggregated()) {
            builder.aggregate(
                    new Aggregation(
                            Aggregation.DEFAULT.maxBytes(), settings.load().perKinesisRecord()));
        }
        try (BatchPutter putter = builder.build()) {
            for (long i = 0; i < settings.records(); i++) {
                byte[] document = payloads.document(i);
                putter.put(Payloads.key(document), document);
                if (i % BATCH == BATCH - 1) {
                    progress.at(i + 1);
                }
            }
            putter.flush();
        }
        return measured(start, progress);
    }

    private static Measured measured(long start, Progress progress) {
        return new Measured(
                start,
                0,
                progress.warmMillis(),
                progress.warmRecords(),
                0,
                progress.expected(),
                ProcessMeter.heapAfterCollection(),
                0,
                0,
                0);
    }
}
