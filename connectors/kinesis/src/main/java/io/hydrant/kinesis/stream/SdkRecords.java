package io.hydrant.kinesis.stream;

import io.hydrant.core.record.Envelope;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.Record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes over what the SDK has read of a shard. */
final class SdkRecords {

    private SdkRecords() {}

    /**
     * The page that such records make.
     *
     * @param next where to read on, null at the end of a closed shard
     * @param answered the service's clock, null where it did not say
     */
    static RecordPage page(
            StreamArn stream,
            String shardId,
            List<Record> records,
            String next,
            Long behind,
            Instant answered) {
        List<Envelope> envelopes = new ArrayList<>(records.size());
        long bytes = 0;
        for (int i = 0; i < records.size(); i++) {
            Envelope envelope = envelope(stream, shardId, records.get(i));
            bytes += envelope.payloadLength();
            envelopes.add(envelope);
        }
        return new RecordPage(envelopes, bytes, next, behind == null ? 0 : behind, answered);
    }

    private static Envelope envelope(StreamArn stream, String shardId, Record record) {
        SdkBytes data = record.data();
        byte[] payload = data.asByteArrayUnsafe();
        Instant arrival = record.approximateArrivalTimestamp();
        return new Envelope(
                stream.stream(),
                shardId,
                record.sequenceNumber(),
                0,
                record.partitionKey(),
                arrival == null ? 0 : arrival.toEpochMilli(),
                payload,
                0,
                payload.length);
    }
}
