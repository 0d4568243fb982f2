package io.hydrant.launcher.cost;

/**
 * What goes through.
 *
 * @param recordsPerSecond on average
 * @param recordBytes of one record on average
 * @param peakFactor how much more the busiest seconds have, at least 1
 */
record Traffic(double recordsPerSecond, long recordBytes, double peakFactor) {

    /** A month of AWS' own examples: 730 hours. */
    static final double HOURS = 730;

    private static final double SECONDS = HOURS * 3600;

    /**
     * Source: Kinesis API reference, PutRecords: up to 10 MiB, which UpdateMaxRecordSize allows.
     */
    static final long MOST_BYTES = 10 * 1024 * 1024;

    private static final double GB = 1024.0 * 1024 * 1024;

    /** Validates ranges. */
    Traffic {
        requirePositive("--records-per-second", recordsPerSecond);
        requirePositive("--bytes", recordBytes);
        if (recordBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "--bytes must be up to "
                            + MOST_BYTES
                            + ", the largest record that Kinesis takes, but is "
                            + recordBytes);
        }
        if (!(peakFactor >= 1) || Double.isInfinite(peakFactor)) {
            throw new IllegalArgumentException(
                    "--peak must be at least 1, the average itself, but is " + peakFactor);
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be more than 0, but is " + value);
        }
    }

    double recordsPerMonth() {
        return recordsPerSecond * SECONDS;
    }

    double gbPerMonth() {
        return gbPerMonth(1);
    }

    /** The same, where each record counts as a whole number of steps of so many bytes. */
    double gbPerMonth(long stepBytes) {
        return recordsPerMonth() * roundedUp(recordBytes, stepBytes) / GB;
    }

    double peakBytesPerSecond() {
        return recordsPerSecond * peakFactor * recordBytes;
    }

    double peakRecordsPerSecond() {
        return recordsPerSecond * peakFactor;
    }

    static long roundedUp(long bytes, long step) {
        return (bytes + step - 1) / step * step;
    }
}
