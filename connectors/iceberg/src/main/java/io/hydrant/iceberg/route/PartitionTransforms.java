package io.hydrant.iceberg.route;

import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a table is partitioned by: a column, or a transform of one as Iceberg's specification
 * names them: {@code year(c)}, {@code month(c)}, {@code day(c)}, {@code hour(c)}, {@code bucket(n,
 * c)}, {@code truncate(w, c)}.
 */
public final class PartitionTransforms {

    private static final Pattern CALL =
            Pattern.compile("([a-z]+)\\(\\s*(?:(\\d{1,9})\\s*,\\s*)?([^\\s,()]+)\\s*\\)");

    private PartitionTransforms() {}

    /**
     * The specification for a schema.
     *
     * @throws IllegalArgumentException naming the transform, if it is none or its column is not
     *     there or of the wrong type
     */
    public static PartitionSpec spec(Schema schema, List<String> partitionBy) {
        PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
        for (String each : partitionBy) {
            try {
                add(spec, each.trim());
                // Building is what looks at the type.
                spec.build();
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(
                        "'" + each + "' cannot partition the table: " + e.getMessage(), e);
            }
        }
        return spec.build();
    }

    private static void add(PartitionSpec.Builder spec, String text) {
        Matcher call = CALL.matcher(text);
        if (!call.matches()) {
            spec.identity(text);
            return;
        }
        String column = call.group(3);
        String number = call.group(2);
        boolean needsNumber = List.of("bucket", "truncate").contains(call.group(1));
        if (needsNumber != (number != null)) {
            throw new IllegalArgumentException(
                    needsNumber ? "it needs a number before the column" : "it takes no number");
        }
        switch (call.group(1)) {
            case "year" -> spec.year(column);
            case "month" -> spec.month(column);
            case "day" -> spec.day(column);
            case "hour" -> spec.hour(column);
            case "bucket" -> spec.bucket(column, Integer.parseInt(number));
            case "truncate" -> spec.truncate(column, Integer.parseInt(number));
            default ->
                    throw new IllegalArgumentException(
                            "year, month, day, hour, bucket and truncate are the transforms");
        }
    }
}
