package io.hydrant.localstack.bench.stream;

import io.hydrant.localstack.bench.measure.NamedValues;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a measured JVM is told, as arguments of {@link StreamCaseMain}.
 *
 * @param streamCase who reads or writes
 * @param load what the records are
 * @param records records to read, as this case counts them, or user records to put
 * @param parallelism of the Flink jobs
 * @param idleSeconds how long to stay after the last record, for what an idle reader costs
 * @param kinesis endpoint of the fake Kinesis
 * @param streamArn stream to read or write
 * @param work folder for checkpoints
 * @param figures file to write the figures to
 */
public record StreamCaseSettings(
        StreamCase streamCase,
        Load load,
        long records,
        int parallelism,
        int idleSeconds,
        URI kinesis,
        String streamArn,
        Path work,
        Path figures) {

    /** The arguments that {@link #parse} takes. */
    public List<String> toArguments() {
        return NamedValues.toArguments(toMap());
    }

    /** Every value by its name; the rival's classes are told so. */
    Map<String, String> toMap() {
        Map<String, String> values = new TreeMap<>();
        values.put("case", streamCase.name());
        values.put("load", load.id());
        values.put("records", Long.toString(records));
        values.put("parallelism", Integer.toString(parallelism));
        values.put("idle-seconds", Integer.toString(idleSeconds));
        values.put("kinesis", kinesis.toString());
        values.put("stream", streamArn);
        values.put("work", work.toString());
        values.put("figures", figures.toString());
        return values;
    }

    static StreamCaseSettings parse(String[] arguments) {
        Map<String, String> values = NamedValues.parse(arguments);
        return new StreamCaseSettings(
                StreamCase.valueOf(values.get("case")),
                Load.of(values.get("load")),
                Long.parseLong(values.get("records")),
                Integer.parseInt(values.get("parallelism")),
                Integer.parseInt(values.get("idle-seconds")),
                URI.create(values.get("kinesis")),
                values.get("stream"),
                Path.of(values.get("work")),
                Path.of(values.get("figures")));
    }
}
