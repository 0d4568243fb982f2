package io.hydrant.localstack.bench.ingest;

import io.hydrant.localstack.bench.measure.NamedValues;
import io.hydrant.localstack.bench.stream.Load;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a measured JVM is told, as arguments of {@link IngestCaseMain}.
 *
 * @param ingestCase what to run
 * @param load records that are put; of files, none of it is looked at
 * @param records lines to read, or records to put
 * @param connections clients that put at a time
 * @param latencySeconds how long to put at an even pace, for the time that answers take; 0 for not
 * @param idleSeconds how long to stay behind the last line; 0 for not
 * @param kinesis endpoint of the fake Kinesis
 * @param streamArn stream to put into
 * @param logs folder of the files to follow
 * @param work folder for checkpoints and configurations
 * @param figures file to write the figures to
 */
public record IngestCaseSettings(
        IngestCase ingestCase,
        Load load,
        long records,
        int connections,
        int latencySeconds,
        int idleSeconds,
        URI kinesis,
        String streamArn,
        Path logs,
        Path work,
        Path figures) {

    /** File in the work folder with what the clients found: {@link PutFigures}. */
    public static final String PUTS = "puts.properties";

    /** The arguments that {@link #parse} takes. */
    public List<String> toArguments() {
        return NamedValues.toArguments(
                Map.ofEntries(
                        Map.entry("case", ingestCase.name()),
                        Map.entry("load", load.id()),
                        Map.entry("records", records),
                        Map.entry("connections", connections),
                        Map.entry("latency-seconds", latencySeconds),
                        Map.entry("idle-seconds", idleSeconds),
                        Map.entry("kinesis", kinesis),
                        Map.entry("stream", streamArn),
                        Map.entry("logs", logs),
                        Map.entry("work", work),
                        Map.entry("figures", figures)));
    }

    static IngestCaseSettings parse(String[] arguments) {
        Map<String, String> values = NamedValues.parse(arguments);
        return new IngestCaseSettings(
                IngestCase.valueOf(values.get("case")),
                Load.of(values.get("load")),
                Long.parseLong(values.get("records")),
                Integer.parseInt(values.get("connections")),
                Integer.parseInt(values.get("latency-seconds")),
                Integer.parseInt(values.get("idle-seconds")),
                URI.create(values.get("kinesis")),
                values.get("stream"),
                Path.of(values.get("logs")),
                Path.of(values.get("work")),
                Path.of(values.get("figures")));
    }

    Path putFigures() {
        return work.resolve(PUTS);
    }
}
