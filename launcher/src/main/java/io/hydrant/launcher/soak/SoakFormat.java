package io.hydrant.launcher.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What the delivery under failures makes of records. */
enum SoakFormat {
    /** Large objects that are seldom due, so that there are parts; and no compression, likewise. */
    PLAIN("plain", compressed("UNCOMPRESSED")),
    /** As gzip members. */
    GZ("gz", compressed("GZIP")),
    /** As ZIP archives. */
    ZIP("zip", compressed("ZIP")),
    /** In Snappy's framing. */
    SNAPPY("snappy", compressed("SNAPPY")),
    /** In Hadoop's framing of Snappy. */
    HSNAPPY("hsnappy", compressed("HADOOP_SNAPPY")),
    /** As Zstandard frames. */
    ZSTD("zstd", compressed("ZSTD")),
    /** As gzip members, through a {@link SoakFunction}. */
    LAMBDA("lambda", compressed("GZIP")),
    /** As Parquet files, made of staged rows. */
    PARQUET(
            "parquet",
            List.of(
                    "delivery.conversion.format=PARQUET",
                    "delivery.conversion.columns=struct<number:bigint,group:string,filling:string>",
                    "delivery.compression=UNCOMPRESSED",
                    "delivery.buffer.size=64 mb",
                    "delivery.buffer.interval=12 s")),
    /** Under a prefix for each of hundreds of groups. */
    PARTITIONED("partitioned", partitioned("GZIP", List.of())),
    /** Likewise, of more bytes than may wait in memory, so that objects are staged together. */
    SMALL("small", partitioned("UNCOMPRESSED", List.of("delivery.memory-budget=16 mb")));

    private final String id;
    private final List<String> assignments;

    SoakFormat(String id, List<String> assignments) {
        this.id = id;
        this.assignments = assignments;
    }

    /**
     * The format of that name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    static SoakFormat of(String id) {
        return Arrays.stream(values())
                .filter(format -> format.id.equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "--format is "
                                                + id
                                                + "; it must be one of "
                                                + Arrays.stream(values())
                                                        .map(format -> format.id)
                                                        .collect(Collectors.joining(", "))));
    }

    /** Which failures its objects come by: what compresses well needs no parts. */
    List<FaultPoint> faults() {
        return Arrays.stream(FaultPoint.values())
                .filter(point -> !point.isOfLoads())
                .filter(point -> this == PLAIN || !point.needsParts())
                .filter(point -> this == PARQUET || this == SMALL || !point.isOfSegments())
                .toList();
    }

    /** From checkpoint to checkpoint; long where objects are to become too many meanwhile. */
    Duration checkpointInterval() {
        return this == SMALL ? Duration.ofSeconds(5) : Duration.ofMillis(500);
    }

    /** What the configuration is told, as {@code --set} takes it. */
    List<String> assignments() {
        return assignments;
    }

    private static List<String> partitioned(String compression, List<String> others) {
        List<String> assignments =
                new ArrayList<>(
                        List.of(
                                "delivery.compression=" + compression,
                                "delivery.buffer.size=64 mb",
                                "delivery.buffer.interval=12 s",
                                "delivery.dynamic-partitioning=true",
                                "delivery.metadata-extraction.query={group: .group}",
                                "delivery.prefix=group=!{partitionKeyFromQuery:group}/",
                                "delivery.error-prefix=failed/!{firehose:error-output-type}/"));
        assignments.addAll(others);
        return List.copyOf(assignments);
    }

    private static List<String> compressed(String format) {
        return List.of(
                "delivery.compression=" + format,
                "delivery.buffer.size=6 mb",
                "delivery.buffer.interval=12 s");
    }
}
