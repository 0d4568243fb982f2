package io.hydrant.localstack.bench.cases;

import io.hydrant.localstack.bench.measure.NamedValues;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a measured JVM is told, as arguments of {@link CaseMain}.
 *
 * @param benchCase what to run
 * @param records flights to deliver
 * @param parallelism of the Flink cases
 * @param openObjects objects to keep open, for the cost of state; 0 for a plain run
 * @param lines file with the flights, a JSON document per line
 * @param kinesis endpoint of the fake Kinesis
 * @param streamArn stream to read
 * @param s3 endpoint of the fake S3
 * @param bucket bucket to write to
 * @param work folder for checkpoints
 * @param figures file to write the {@link CaseFigures} to
 */
public record CaseSettings(
        BenchCase benchCase,
        long records,
        int parallelism,
        int openObjects,
        Path lines,
        URI kinesis,
        String streamArn,
        URI s3,
        String bucket,
        Path work,
        Path figures) {

    /** The arguments that {@link #parse} takes. */
    public List<String> toArguments() {
        Map<String, Object> values = new HashMap<>();
        values.put("case", benchCase.id());
        values.put("records", records);
        values.put("parallelism", parallelism);
        values.put("open-objects", openObjects);
        values.put("lines", lines);
        values.put("kinesis", kinesis);
        values.put("stream", streamArn);
        values.put("s3", s3);
        values.put("bucket", bucket);
        values.put("work", work);
        values.put("figures", figures);
        return NamedValues.toArguments(values);
    }

    static CaseSettings parse(String[] arguments) {
        Map<String, String> values = NamedValues.parse(arguments);
        return new CaseSettings(
                BenchCase.of(values.get("case")),
                Long.parseLong(values.get("records")),
                Integer.parseInt(values.get("parallelism")),
                Integer.parseInt(values.get("open-objects")),
                Path.of(values.get("lines")),
                URI.create(values.get("kinesis")),
                values.get("stream"),
                URI.create(values.get("s3")),
                values.get("bucket"),
                Path.of(values.get("work")),
                Path.of(values.get("figures")));
    }
}
