package io.hydrant.launcher.cost;

import java.util.ArrayList;
import java.util.List;

/**
 * What Firehose charges.
 *
 * <p>Source: https://aws.amazon.com/firehose/pricing/ : ingestion by the GB, each record rounded up
 * to 5 KB, in tiers; conversion likewise; VPC delivery by the hour and zone, and the GB; dynamic
 * partitioning by the GB delivered, the object, and the hour of JQ.
 *
 * @param convertsFormat whether it converts JSON to Parquet or ORC
 * @param vpcZones availability zones of a destination in a VPC, 0 for none
 * @param objectsPerHour objects that dynamic partitioning writes, 0 where there is none
 * @param jqHoursPerHour hours of JQ that dynamic partitioning takes in an hour
 */
record FirehoseBill(
        boolean convertsFormat, int vpcZones, double objectsPerHour, double jqHoursPerHour) {

    private static final long STEP = 5 * 1024;
    private static final double FIRST_GB = 500 * 1024.0;
    private static final double NEXT_GB = 1500 * 1024.0;

    /** Validates ranges. */
    FirehoseBill {
        if (vpcZones < 0
                || !(objectsPerHour >= 0)
                || !(jqHoursPerHour >= 0)
                || Double.isInfinite(objectsPerHour + jqHoursPerHour)) {
            throw new IllegalArgumentException(
                    "--vpc-zones, --partition-objects and --jq-hours must not be negative");
        }
        if (jqHoursPerHour > 0 && objectsPerHour == 0) {
            throw new IllegalArgumentException(
                    "--jq-hours are those of dynamic partitioning; give --partition-objects, too");
        }
    }

    List<CostLine> lines(Traffic traffic, PriceTable prices) {
        List<CostLine> lines = new ArrayList<>();
        double gb = traffic.gbPerMonth(STEP);
        String ingested = "GB ingested, records of 5 KB steps";
        double first = Math.min(gb, FIRST_GB);
        double next = Math.min(gb - first, NEXT_GB);
        double beyond = gb - first - next;
        lines.add(CostLine.of(ingested, first, "firehose.ingested.gb.first-500tb", prices));
        if (next > 0) {
            lines.add(CostLine.of(ingested, next, "firehose.ingested.gb.next-1500tb", prices));
        }
        if (beyond > 0) {
            lines.add(CostLine.of(ingested, beyond, "firehose.ingested.gb.beyond", prices));
        }
        if (convertsFormat) {
            lines.add(CostLine.of("GB converted, likewise", gb, "firehose.conversion.gb", prices));
        }
        if (vpcZones > 0) {
            lines.add(
                    CostLine.of(
                            "hours of zones in a VPC",
                            vpcZones * Traffic.HOURS,
                            "firehose.vpc.zone-hour",
                            prices));
            lines.add(
                    CostLine.of("GB into a VPC", traffic.gbPerMonth(), "firehose.vpc.gb", prices));
        }
        if (objectsPerHour > 0) {
            lines.add(
                    CostLine.of(
                            "GB partitioned",
                            traffic.gbPerMonth(),
                            "firehose.partitioning.gb",
                            prices));
            lines.add(
                    CostLine.of(
                            "thousands of objects partitioned",
                            objectsPerHour * Traffic.HOURS / 1000,
                            "firehose.partitioning.thousand-objects",
                            prices));
            if (jqHoursPerHour > 0) {
                lines.add(
                        CostLine.of(
                                "hours of JQ",
                                jqHoursPerHour * Traffic.HOURS,
                                "firehose.partitioning.jq-hour",
                                prices));
            }
        }
        return lines;
    }
}
