package io.hydrant.jobs.ingest.agent;

import io.hydrant.jobs.ingest.tail.TailConfig;
import io.hydrant.kinesis.call.FirehoseCall;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads a flow.
 *
 * <p>Source: the developer guide of Kinesis Agent, "Agent configuration settings", for names,
 * defaults and ranges; fields that the guide does not have are the agent's own.
 */
final class AgentFlowReader {

    private static final int RECORD_BYTES = 1024 * 1024;
    private static final int BUFFER_BYTES = 5 * 1024 * 1024;
    private static final int FIREHOSE_BUFFER_BYTES = 4 * 1024 * 1024;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60_000;
    private static final Pattern STREAM = Pattern.compile("[\\w.-]{1,128}");
    private static final Pattern DELIVERY_STREAM = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
    private static final Pattern WILD = Pattern.compile("[*?\\[{]");
    private static final String FILES = "filePattern";
    private static final String STREAM_FIELD = "kinesisStream";
    private static final String DELIVERY_FIELD = "deliveryStream";
    private static final String JOINED = "aggregatedRecordSizeBytes";

    private enum InitialPosition {
        START_OF_FILE,
        END_OF_FILE
    }

    private AgentFlowReader() {}

    /** The flow, or null where it is not whole; problems say why. */
    static AgentFlow read(AgentFields fields, int openFiles) {
        AgentFlow.Service service =
                fields.value(DELIVERY_FIELD) == null
                        ? AgentFlow.Service.KINESIS
                        : AgentFlow.Service.FIREHOSE;
        boolean isFirehose = service == AgentFlow.Service.FIREHOSE;
        int mostBytes = isFirehose ? FIREHOSE_BUFFER_BYTES : BUFFER_BYTES;
        String stream = isFirehose ? deliveryStream(fields) : stream(fields);
        String[] files = files(fields);
        AgentFlow.Buffer buffer =
                new AgentFlow.Buffer(
                        fields.number("maxBufferAgeMillis", MINUTE, SECOND, 15 * MINUTE),
                        (int)
                                fields.number(
                                        "maxBufferSizeRecords",
                                        AgentFlow.Buffer.CALL_RECORDS,
                                        1,
                                        AgentFlow.Buffer.CALL_RECORDS),
                        (int) fields.number("maxBufferSizeBytes", mostBytes, 1, mostBytes),
                        fields.number("retryInitialBackoffMillis", 100, 1, 15 * MINUTE),
                        fields.number("retryMaxBackoffMillis", 10 * SECOND, 1, 15 * MINUTE),
                        (int) fields.number(JOINED, 0, 0, FirehoseCall.MAX_RECORD));
        if (buffer.longestPauseMillis() < buffer.firstPauseMillis()) {
            fields.refuse("retryMaxBackoffMillis", "is shorter than retryInitialBackoffMillis");
        }
        fields.withoutEffect(
                "records wait for Flink's checkpoints, which hold back the reading",
                "publishQueueCapacity",
                "waitOnFullPublishQueueMillis",
                "waitOnEmptyPublishQueueMillis",
                "waitOnFullRetryQueueMillis");
        fields.withoutEffect("Flink's reporters take its metrics", "log.emitInternalMetrics");
        if (isFirehose) {
            fields.withoutEffect("Firehose has no partition keys", "partitionKeyOption");
        } else {
            fields.withoutEffect(
                    "only records of a deliveryStream are joined; sink.aggregation.enabled packs those"
                            + " of a kinesisStream",
                    JOINED);
        }
        AgentFlow.PartitionKeyOption key =
                fields.choice(
                        "partitionKeyOption",
                        AgentFlow.PartitionKeyOption.class,
                        AgentFlow.PartitionKeyOption.RANDOM);
        boolean fromStart =
                fields.choice("initialPosition", InitialPosition.class, InitialPosition.END_OF_FILE)
                        == InitialPosition.START_OF_FILE;
        String terminator = terminator(fields);
        Pattern start = fields.pattern("multiLineStartPattern");
        Pattern footer = fields.pattern("fileFooterPattern");
        int header = (int) fields.number("skipHeaderLines", 0, 0, Integer.MAX_VALUE);
        long poll = fields.number("minTimeBetweenFilePollsMillis", 100, 1, MINUTE);
        long refresh =
                fields.number(
                        "maxTimeBetweenFileTrackerRefreshMillis", 10 * SECOND, 1, 60 * MINUTE);
        var conversions = ConversionReader.read(fields);
        fields.done();
        if (stream == null || files == null) {
            return null;
        }
        return new AgentFlow(
                service,
                stream,
                key,
                new TailConfig(
                        service.name().toLowerCase(Locale.ROOT)
                                + ":"
                                + stream
                                + ":"
                                + files[0]
                                + "/"
                                + files[1],
                        files[0],
                        files[1],
                        fromStart,
                        start,
                        header,
                        footer,
                        poll,
                        refresh,
                        BUFFER_BYTES,
                        openFiles),
                conversions,
                terminator,
                buffer);
    }

    private static String stream(AgentFields fields) {
        String stream = fields.required(STREAM_FIELD);
        if (stream != null && !STREAM.matcher(stream).matches()) {
            return fields.refuse(
                    STREAM_FIELD,
                    "'"
                            + stream
                            + "' is not the name of a stream; 1 to 128 letters, digits, _, . and -");
        }
        return stream;
    }

    private static String deliveryStream(AgentFields fields) {
        if (fields.value(STREAM_FIELD) != null) {
            return fields.refuse(
                    DELIVERY_FIELD, "is there beside " + STREAM_FIELD + "; a flow has one of them");
        }
        String stream = fields.required(DELIVERY_FIELD);
        if (stream != null && !DELIVERY_STREAM.matcher(stream).matches()) {
            return fields.refuse(
                    DELIVERY_FIELD,
                    "'"
                            + stream
                            + "' is not the name of a delivery stream; 1 to 64 letters, digits, _, . and -");
        }
        return stream;
    }

    /** Directory and pattern of names. */
    private static String[] files(AgentFields fields) {
        String pattern = fields.required(FILES);
        if (pattern == null) {
            return null;
        }
        int slash = pattern.lastIndexOf('/');
        String directory = slash == 0 ? "/" : slash < 0 ? "" : pattern.substring(0, slash);
        String glob = pattern.substring(slash + 1);
        if (directory.isEmpty() || glob.isEmpty()) {
            return fields.refuse(
                    FILES,
                    "'" + pattern + "' needs a directory and a pattern, such as /var/log/app.log*");
        }
        if (WILD.matcher(directory).find()) {
            return fields.refuse(
                    FILES,
                    "'"
                            + pattern
                            + "' has a pattern in its directory, which the agent does not follow either;"
                            + " give each directory a flow");
        }
        try {
            if (!Path.of(directory).isAbsolute()) {
                return fields.refuse(
                        FILES,
                        "'"
                                + pattern
                                + "' must begin at the root; tasks have directories of their own");
            }
            FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (InvalidPathException | PatternSyntaxException e) {
            return fields.refuse(FILES, "'" + pattern + "' is no pattern: " + e.getMessage());
        }
        return new String[] {directory, glob};
    }

    static String terminator(AgentFields fields) {
        String name = "truncatedRecordTerminator";
        var value = fields.value(name);
        String terminator = value == null ? "\n" : value.asText();
        if (terminator.getBytes(StandardCharsets.UTF_8).length > RECORD_BYTES / 2) {
            fields.refuse(name, "is longer than half a record");
        }
        return terminator;
    }
}
