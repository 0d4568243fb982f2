package io.hydrant.launcher.soak.source;

import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.ReaderType;
import io.hydrant.kinesis.source.ShardOrder;

import org.apache.flink.configuration.Configuration;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What the jobs of a simulation are told.
 *
 * @param order in what order shards are handed out
 * @param reader how shards are read
 * @param start the options that say where reading begins
 * @param end those that say where it ends; none where it does not
 */
record JobOptions(
        ShardOrder order, ReaderType reader, Map<String, String> start, Map<String, String> end) {

    /** The name of the consumer that jobs subscribe with. */
    static final String CONSUMER = "simulated";

    private static final String BEGIN = "source.init.position";
    private static final String END = "source.end.position";

    /** A job without an end. */
    static JobOptions beginningAt(ShardOrder order, ReaderType reader, String position) {
        return new JobOptions(order, reader, Map.of(BEGIN, position), Map.of());
    }

    /** A job without an end that begins at a time. */
    JobOptions beginningAt(Instant time) {
        return new JobOptions(
                order,
                reader,
                Map.of(
                        BEGIN,
                        "AT_TIMESTAMP",
                        "source.init.timestamp",
                        seconds(time.toEpochMilli())),
                Map.of());
    }

    /** A job that ends now. */
    JobOptions endingNow() {
        return new JobOptions(order, reader, start, Map.of(END, "NOW"));
    }

    /** A job that ends at a time. */
    JobOptions endingAt(long millis) {
        return new JobOptions(
                order,
                reader,
                start,
                Map.of(END, "AT_TIMESTAMP", "source.end.timestamp", seconds(millis)));
    }

    /** The same job reading the other way. */
    JobOptions readingOtherwise() {
        return new JobOptions(
                order, reader == ReaderType.EFO ? ReaderType.POLLING : ReaderType.EFO, start, end);
    }

    /** The source's configuration. */
    KinesisSourceConfig config() {
        Map<String, String> options = new HashMap<>(start);
        options.putAll(end);
        if (!end.isEmpty()) {
            // What LATEST was is in the checkpoint; an end is refused beside it.
            options.replace(BEGIN, "LATEST", "TRIM_HORIZON");
        }
        options.put("source.position-lost", "CONTINUE");
        options.put("source.shard.order", order.name());
        options.put("source.shard.discovery.interval", "10 s");
        options.put("source.stream.discovery.interval", "20 s");
        options.put("source.shard.get-records.max-record-count", "5");
        options.put("source.shard.get-records.interval", "1 ms");
        options.put("source.reader.empty-records-fetch-interval", "1 ms");
        options.put("source.reader.type", reader.name());
        options.put("source.efo.consumer.name", CONSUMER);
        options.put("source.efo.lifecycle", "SELF_MANAGED");
        return KinesisSourceConfig.from(Configuration.fromMap(options));
    }

    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).toPlainString();
    }
}
