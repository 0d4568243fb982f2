package io.hydrant.kinesis.stream;

import io.hydrant.core.record.Envelope;

import software.amazon.awssdk.core.exception.SdkClientException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns an answer of {@code GetRecords} into a page without the objects that the SDK makes between
 * the two. A member that it does not know is left out, as the SDK does.
 *
 * <p>Source: Kinesis Data Streams API reference, {@code GetRecords}; blobs are byte strings and
 * times are milliseconds in this protocol.
 */
final class CborRecords {

    private static final byte[][] PAGE_MEMBERS =
            names("Records", "NextShardIterator", "MillisBehindLatest");
    private static final byte[][] RECORD_MEMBERS =
            names("SequenceNumber", "ApproximateArrivalTimestamp", "Data", "PartitionKey");

    /** What an answer has at the most; one that says more is not believed beforehand. */
    private static final int MOST_RECORDS = 10_000;

    private final CborInput in;
    private final String stream;
    private final String shard;
    private List<Envelope> records = new ArrayList<>(0);
    private long bytes;
    private String nextIterator;
    private long millisBehind;

    private CborRecords(CborInput in, String stream, String shard) {
        this.in = in;
        this.stream = stream;
        this.shard = shard;
    }

    /**
     * Reads an answer.
     *
     * @param body read to the end of the answer, not closed
     * @throws IOException if it cannot be read or is no answer of GetRecords
     */
    static RecordPage read(InputStream body, String stream, String shard) throws IOException {
        CborRecords page = new CborRecords(new CborInput(body), stream, shard);
        page.readPage();
        return new RecordPage(page.records, page.bytes, page.nextIterator, page.millisBehind);
    }

    private void readPage() throws IOException {
        in.value();
        if (in.isNull()) {
            return;
        }
        long members = begin(CborInput.MAP);
        for (long i = 0; more(members, i); i++) {
            int member = in.oneOf(PAGE_MEMBERS);
            in.value();
            if (in.isNull()) {
                continue;
            }
            switch (member) {
                case 0 -> readRecords();
                case 1 -> nextIterator = in.text();
                case 2 -> millisBehind = number();
                default -> in.skip();
            }
        }
    }

    private void readRecords() throws IOException {
        long count = begin(CborInput.ARRAY);
        if (count > 0) {
            records = new ArrayList<>((int) Math.min(count, MOST_RECORDS));
        }
        for (long i = 0; more(count, i); i++) {
            skipTags();
            if (!in.isNull()) {
                readRecord();
            }
        }
    }

    private void readRecord() throws IOException {
        long members = begin(CborInput.MAP);
        String sequence = null;
        String partitionKey = null;
        long arrival = 0;
        byte[] data = null;
        for (long i = 0; more(members, i); i++) {
            int member = in.oneOf(RECORD_MEMBERS);
            in.value();
            if (in.isNull()) {
                continue;
            }
            switch (member) {
                case 0 -> sequence = in.text();
                case 1 -> arrival = number();
                case 2 -> data = in.bytes();
                case 3 -> partitionKey = in.text();
                default -> in.skip();
            }
        }
        if (sequence == null || partitionKey == null || data == null) {
            throw SdkClientException.create(
                    "An answer of GetRecords holds a record without sequence number, partition key or data");
        }
        records.add(
                new Envelope(
                        stream, shard, sequence, 0, partitionKey, arrival, data, 0, data.length));
        bytes += data.length;
    }

    /** Items of the map or list whose head was read. */
    private long begin(int major) throws IOException {
        if (in.major() != major) {
            throw new UnreadableAnswerException("The answer is not one of GetRecords");
        }
        return in.argument();
    }

    /** Reads the head of the next item of a map or list, if there is one. */
    private boolean more(long count, long read) throws IOException {
        if (count == CborInput.INDEFINITE) {
            return in.next();
        }
        if (read < count && !in.next()) {
            throw new UnreadableAnswerException("The answer has less items than it says");
        }
        return read < count;
    }

    private void skipTags() throws IOException {
        if (in.major() == CborInput.TAG) {
            in.value();
        }
    }

    private long number() throws IOException {
        Long number = in.number();
        if (number == null) {
            throw new UnreadableAnswerException(
                    "The answer has something else where a number belongs");
        }
        return number;
    }

    private static byte[][] names(String... names) {
        byte[][] bytes = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            bytes[i] = names[i].getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }
}
