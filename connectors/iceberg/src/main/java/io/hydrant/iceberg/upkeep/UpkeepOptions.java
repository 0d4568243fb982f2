package io.hydrant.iceberg.upkeep;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;

/** The options of compaction and expiry within the job. */
public final class UpkeepOptions {

    /** Whether files are compacted. */
    public static final ConfigOption<Boolean> COMPACTION_ENABLED =
            ConfigOptions.key("iceberg.compaction.enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether the job makes large files of the small ones that its commits leave, beside the delivery and without holding up its checkpoints. Rows do not change, nor what is read by key.");

    /** How large files are to be. */
    public static final ConfigOption<MemorySize> COMPACTION_FILE_SIZE =
            ConfigOptions.key("iceberg.compaction.file-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(192))
                    .withDescription(
                            "How large files are to become. One of three quarters of it or more is left as it is, so 192 mb make files of 144 MB and more where a partition has as much.");

    /** How many files make it worth while. */
    public static final ConfigOption<Integer> COMPACTION_MIN_FILES =
            ConfigOptions.key("iceberg.compaction.min-files")
                    .intType()
                    .defaultValue(10)
                    .withDescription(
                            "How many small files a partition must have before they are compacted; sooner where they fill a file. Fewer write the same rows more often.");

    /** How many deletions may apply to a file. */
    public static final ConfigOption<Integer> COMPACTION_MAX_DELETE_FILES =
            ConfigOptions.key("iceberg.compaction.max-delete-files")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "How many files of deletions may apply to one file; where it is more, the file is written anew without the rows that they remove, however large it is, which writes tables whose rows change everywhere as a whole. "
                                    + "Without it large files keep theirs, which every query applies; 0 is for readers that know no deletions by key, such as PyIceberg.");

    /** How often a table is looked at. */
    public static final ConfigOption<Duration> UPKEEP_INTERVAL =
            ConfigOptions.key("iceberg.upkeep.interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How long a table that gets commits is left alone after it was compacted and its snapshots expired.");

    /** How old snapshots get. */
    public static final ConfigOption<Duration> SNAPSHOT_MAX_AGE =
            ConfigOptions.key("iceberg.snapshots.max-age")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How old a snapshot may get before it is expired, with the files that only it has. The newest ones stay, and the newest one that holds a commit of this delivery. Without it none is expired. It must be longer than any query and than any rollback reaches back.");

    /** How many stay. */
    public static final ConfigOption<Integer> SNAPSHOTS_KEPT =
            ConfigOptions.key("iceberg.snapshots.kept")
                    .intType()
                    .defaultValue(10)
                    .withDescription("Snapshots that stay whatever their age.");

    private UpkeepOptions() {}
}
