package io.hydrant.launcher.cost;

import java.util.List;

/**
 * What a Kinesis stream charges.
 *
 * <p>Source: https://aws.amazon.com/kinesis/data-streams/pricing/ : provisioned by the hour of a
 * shard (1 MB or 1,000 records a second) and by PUT payload units of 25 KB for each record;
 * on-demand by the hour of the stream and the GB in, each record rounded up to 1 KB, and out.
 *
 * @param aggregateBytes size of the aggregates that records are put in, 0 where each is put alone
 */
record KinesisBill(long aggregateBytes) {

    private static final long PUT_UNIT = 25 * 1024;
    private static final long ON_DEMAND_STEP = 1024;
    private static final double SHARD_BYTES = 1024.0 * 1024;
    private static final double SHARD_RECORDS = 1000;

    /** Validates the range. */
    KinesisBill {
        if (aggregateBytes < 0 || aggregateBytes > Traffic.MOST_BYTES) {
            throw new IllegalArgumentException(
                    "--aggregate must be from 0 to "
                            + Traffic.MOST_BYTES
                            + ", for an aggregate is one record of Kinesis, but is "
                            + aggregateBytes);
        }
    }

    /** Records as Kinesis sees them: aggregates, where records are put in such. */
    Traffic asPut(Traffic traffic) {
        long inOne = Math.max(1, aggregateBytes / traffic.recordBytes());
        return new Traffic(
                traffic.recordsPerSecond() / inOne,
                traffic.recordBytes() * inOne,
                traffic.peakFactor());
    }

    /** Shards that take the peak. */
    long shards(Traffic traffic) {
        Traffic put = asPut(traffic);
        double needed =
                Math.max(
                        put.peakBytesPerSecond() / SHARD_BYTES,
                        put.peakRecordsPerSecond() / SHARD_RECORDS);
        return Math.max(1, (long) Math.ceil(needed));
    }

    /** PUT payload units of one record of that size. */
    static long putUnits(long recordBytes) {
        return Math.max(1, Traffic.roundedUp(recordBytes, PUT_UNIT) / PUT_UNIT);
    }

    List<CostLine> provisioned(Traffic traffic, PriceTable prices) {
        Traffic put = asPut(traffic);
        return List.of(
                CostLine.of(
                        "shard hours (" + shards(traffic) + " shards)",
                        shards(traffic) * Traffic.HOURS,
                        "kinesis.shard-hour",
                        prices),
                CostLine.of(
                        "millions of PUT units of 25 KB",
                        put.recordsPerMonth() * putUnits(put.recordBytes()) / 1e6,
                        "kinesis.million-put-units",
                        prices));
    }

    List<CostLine> onDemand(Traffic traffic, PriceTable prices) {
        return List.of(
                CostLine.of("stream hours", Traffic.HOURS, "kinesis.on-demand.stream-hour", prices),
                CostLine.of(
                        "GB in, records of 1 KB steps",
                        asPut(traffic).gbPerMonth(ON_DEMAND_STEP),
                        "kinesis.on-demand.in.gb",
                        prices),
                CostLine.of(
                        "GB out",
                        asPut(traffic).gbPerMonth(ON_DEMAND_STEP),
                        "kinesis.on-demand.out.gb",
                        prices));
    }
}
