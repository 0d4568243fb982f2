package io.hydrant.localstack.bench.sql;

import io.hydrant.localstack.bench.measure.NamedValues;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a measured JVM is told, as arguments of {@link SqlCaseMain}.
 *
 * @param sqlCase what to run
 * @param records bids
 * @param parallelism of the jobs
 * @param kinesis endpoint of the fake Kinesis
 * @param streamArn stream with the bids
 * @param answersArn stream for answers
 * @param work folder for checkpoints
 * @param figures file to write the figures to
 */
public record SqlCaseSettings(
        SqlCase sqlCase,
        long records,
        int parallelism,
        URI kinesis,
        String streamArn,
        String answersArn,
        Path work,
        Path figures) {

    /** How many of the bids the case is put to. */
    long rows() {
        return sqlCase.rows(records);
    }

    /** The arguments that {@link #parse} takes. */
    public List<String> toArguments() {
        return NamedValues.toArguments(
                Map.of(
                        "case", sqlCase.name(),
                        "records", records,
                        "parallelism", parallelism,
                        "kinesis", kinesis,
                        "stream", streamArn,
                        "answers", answersArn,
                        "work", work,
                        "figures", figures));
    }

    static SqlCaseSettings parse(String[] arguments) {
        Map<String, String> values = NamedValues.parse(arguments);
        return new SqlCaseSettings(
                SqlCase.valueOf(values.get("case")),
                Long.parseLong(values.get("records")),
                Integer.parseInt(values.get("parallelism")),
                URI.create(values.get("kinesis")),
                values.get("stream"),
                values.get("answers"),
                Path.of(values.get("work")),
                Path.of(values.get("figures")));
    }
}
