package io.hydrant.jobs.ingest.agent;

import io.hydrant.jobs.ingest.convert.Conversion;
import io.hydrant.jobs.ingest.tail.TailConfig;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A flow of the agent: files, what is done to their records, and where these go.
 *
 * @param service where the stream is
 * @param stream name of the Kinesis stream, or of the delivery stream
 * @param partitionKey how records get their partition keys; Firehose has none
 * @param tail which files, and how they are read
 * @param conversions what is done to each record, in this order
 * @param terminator what ends a record that had to be cut
 * @param buffer when records are sent
 */
public record AgentFlow(
        Service service,
        String stream,
        PartitionKeyOption partitionKey,
        TailConfig tail,
        List<Conversion> conversions,
        String terminator,
        Buffer buffer) {

    /** Copies the list. */
    public AgentFlow {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(partitionKey, "partitionKey");
        Objects.requireNonNull(tail, "tail");
        conversions = List.copyOf(conversions);
        Objects.requireNonNull(buffer, "buffer");
    }

    /** What takes the records. */
    public enum Service {
        /** A Kinesis stream: the agent's {@code kinesisStream}. */
        KINESIS,

        /** A delivery stream of Firehose: the agent's {@code deliveryStream}. */
        FIREHOSE
    }

    /** The agent's {@code partitionKeyOption}. */
    public enum PartitionKeyOption {
        /** One that spreads records over all shards. */
        RANDOM,

        /** One that is the same for records with the same bytes. */
        DETERMINISTIC
    }

    /**
     * When records are sent.
     *
     * @param ageMillis time that a record waits at most
     * @param records records that wait at most
     * @param bytes bytes that wait at most
     * @param firstPauseMillis pause before a failed record is sent again
     * @param longestPauseMillis longest such pause
     * @param joinedBytes bytes up to which lines share a record of Firehose; 0 where they do not
     */
    public record Buffer(
            long ageMillis,
            int records,
            int bytes,
            long firstPauseMillis,
            long longestPauseMillis,
            int joinedBytes) {

        /** What a call takes, and the agent sends at once where nobody says fewer. */
        public static final int CALL_RECORDS = 500;
    }

    /** Name of the flow: its destination and its files, which no other flow has. */
    public String id() {
        return tail.flow();
    }

    /** What ends a record that had to be cut, in bytes. */
    public byte[] terminatorBytes() {
        return terminator.getBytes(StandardCharsets.UTF_8);
    }
}
