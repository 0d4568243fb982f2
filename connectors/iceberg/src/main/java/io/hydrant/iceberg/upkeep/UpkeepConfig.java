package io.hydrant.iceberg.upkeep;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;

/**
 * What is done to tables beside the delivery.
 *
 * @param compacts whether files are compacted
 * @param fileSize bytes that they are to have
 * @param minFiles small files of a partition that make it worth while
 * @param maxDeleteFiles files of deletions that may apply to a file, null for any number
 * @param interval time between two looks at a table
 * @param maxAge age up to which snapshots stay, null where they stay for ever
 * @param kept snapshots that stay whatever their age
 */
public record UpkeepConfig(
        boolean compacts,
        long fileSize,
        int minFiles,
        Integer maxDeleteFiles,
        Duration interval,
        Duration maxAge,
        int kept)
        implements Serializable {

    private static final long MIN_FILE_SIZE = 1 << 20;

    /**
     * Validates ranges.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public UpkeepConfig {
        require(
                fileSize >= MIN_FILE_SIZE,
                UpkeepOptions.COMPACTION_FILE_SIZE,
                fileSize + " bytes",
                "at least 1 mb");
        require(minFiles >= 2, UpkeepOptions.COMPACTION_MIN_FILES, minFiles, "at least 2");
        require(
                maxDeleteFiles == null || maxDeleteFiles >= 0,
                UpkeepOptions.COMPACTION_MAX_DELETE_FILES,
                maxDeleteFiles,
                "0 or more");
        require(
                !interval.isNegative() && !interval.isZero(),
                UpkeepOptions.UPKEEP_INTERVAL,
                interval,
                "longer than 0 s");
        require(
                maxAge == null || !maxAge.isNegative(),
                UpkeepOptions.SNAPSHOT_MAX_AGE,
                maxAge,
                "0 s or longer");
        require(kept >= 1, UpkeepOptions.SNAPSHOTS_KEPT, kept, "at least 1");
    }

    /**
     * The upkeep that the options describe.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static UpkeepConfig from(ReadableConfig config) {
        return new UpkeepConfig(
                config.get(UpkeepOptions.COMPACTION_ENABLED),
                config.get(UpkeepOptions.COMPACTION_FILE_SIZE).getBytes(),
                config.get(UpkeepOptions.COMPACTION_MIN_FILES),
                config.get(UpkeepOptions.COMPACTION_MAX_DELETE_FILES),
                config.get(UpkeepOptions.UPKEEP_INTERVAL),
                config.get(UpkeepOptions.SNAPSHOT_MAX_AGE),
                config.get(UpkeepOptions.SNAPSHOTS_KEPT));
    }

    /** Whether anything is done at all. */
    public boolean isWanted() {
        return compacts || maxAge != null;
    }

    private static void require(boolean holds, ConfigOption<?> option, Object value, String what) {
        if (!holds) {
            throw new IllegalArgumentException(
                    option.key() + " is " + value + "; it must be " + what);
        }
    }
}
