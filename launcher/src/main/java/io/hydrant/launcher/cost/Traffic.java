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

    /** Ten times what the largest stream takes in aggregates of small records; a wrong unit. */
    private static final double MOST_RECORDS = 1e12;

    private static final double MOST_PEAK = 1e6;

    private static final double GB = 1024.0 * 1024 * 1024;

    /** Validates ranges. */
    Traffic {
        requirePositive("--records-per-second", recordsPerSecond);
        if (recordsPerSecond > MOST_RECORDS) {
            throw new IllegalArgumentException(
                    "--records-per-second must be up to 1,000,000,000,000, but is "
                            + recordsPerSecond);
        }
        requirePositive("--bytes", recordBytes);
        if (recordBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "--bytes must be up to "
                            + MOST_BYTES
                            + ", the largest record that Kinesis takes, but is "
                            + recordBytes);
        }
        if (!(peakFactor >= 1) || peakFactor > MOST_PEAK) {
            throw new IllegalArgumentException(
                    "--peak must be from 1, the average itself, to 1,000,000, but is "
                            + peakFactor);
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
