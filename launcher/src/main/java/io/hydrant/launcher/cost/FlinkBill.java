package io.hydrant.launcher.cost;

import java.util.List;

/**
 * What the delivery job takes.
 *
 * <p>Source: https://docs.aws.amazon.com/managed-flink/latest/java/how-pricing.html : KPUs of one
 * vCPU and 4 GB by the hour, one more for orchestration, 50 GB of storage with each.
 *
 * @param megabytesPerVcpu payload that one vCPU carries in a second
 * @param recordsPerVcpu records that one vCPU carries in a second
 */
record FlinkBill(double megabytesPerVcpu, double recordsPerVcpu) {

    private static final double MB = 1e6;
    private static final int STORAGE_GB = 50;

    /** Validates ranges. */
    FlinkBill {
        if (!(megabytesPerVcpu > 0)
                || !(recordsPerVcpu > 0)
                || Double.isInfinite(megabytesPerVcpu + recordsPerVcpu)) {
            throw new IllegalArgumentException(
                    "--vcpu-megabytes and --vcpu-records must be more than 0, but are "
                            + megabytesPerVcpu
                            + " and "
                            + recordsPerVcpu);
        }
    }

    /** vCPUs that carry the peak. */
    long vcpus(Traffic traffic) {
        double needed =
                Math.max(
                        traffic.peakBytesPerSecond() / MB / megabytesPerVcpu,
                        traffic.peakRecordsPerSecond() / recordsPerVcpu);
        return Math.max(1, (long) Math.ceil(needed));
    }

    /** On Managed Service for Apache Flink. */
    List<CostLine> managed(Traffic traffic, PriceTable prices) {
        long kpus = vcpus(traffic);
        return List.of(
                CostLine.of(
                        "KPU hours (" + kpus + " and 1 for orchestration)",
                        (kpus + 1) * Traffic.HOURS,
                        "flink.kpu-hour",
                        prices),
                CostLine.of(
                        "GB of running storage",
                        (double) kpus * STORAGE_GB,
                        "flink.storage.gb-month",
                        prices));
    }

    /** On machines of one's own, with one more vCPU for the JobManager. */
    List<CostLine> ownMachines(Traffic traffic, PriceTable prices) {
        long vcpus = vcpus(traffic) + 1;
        return List.of(
                CostLine.of(
                        "vCPU hours (" + vcpus + " vCPUs)",
                        vcpus * Traffic.HOURS,
                        "machine.vcpu-hour",
                        prices));
    }
}
