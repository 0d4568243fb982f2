package io.hydrant.iceberg;

import io.hydrant.iceberg.row.UnknownFields;
import io.hydrant.iceberg.sink.ForkAction;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.time.Duration;
import java.util.Map;

/** The options of a delivery to tables of Iceberg, beside those of their catalog. */
public final class IcebergOptions {

    /** The tables. */
    public static final ConfigOption<String> TABLES =
            ConfigOptions.key("iceberg.tables")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Tables as a JSON array of objects with DestinationDatabaseName, DestinationTableName, UniqueKeys, PartitionSpec and S3ErrorOutputPrefix, and beyond Firehose "
                                    + "PartitionBy, a list such as [\"day(at)\", \"bucket(16, id)\"] for a table that is made here. Where it names exactly one table, "
                                    + "records go there unless something else routes them. Firehose: DestinationTableConfigurationList.");

    /** The query that routes. */
    public static final ConfigOption<String> ROUTE_QUERY =
            ConfigOptions.key("iceberg.route.query")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "jq query that finds destinationDatabaseName, destinationTableName and operation (insert, update, delete) of a record, such as "
                                    + "{destinationTableName:.type,operation:\"insert\"}. Firehose: MetadataExtractionQuery of the processor MetadataExtraction.");

    /** Only insertions. */
    public static final ConfigOption<Boolean> APPEND_ONLY =
            ConfigOptions.key("iceberg.append-only")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether records are only ever added, so that tasks need not send them to one another by their keys; one that updates or deletes goes to the error prefix. Firehose: AppendOnly.");

    /** What becomes of fields without a column. */
    public static final ConfigOption<UnknownFields> UNKNOWN_FIELDS =
            ConfigOptions.key("iceberg.schema.unknown-fields")
                    .enumType(UnknownFields.class)
                    .defaultValue(UnknownFields.DEAD_LETTER)
                    .withDescription(
                            "What becomes of fields that the table has no column for: DEAD_LETTER sends the record to the error prefix, IGNORE leaves them out as Firehose does, "
                                    + "ADD adds columns (and makes integer columns long where values need it), COLLECT puts them as JSON into iceberg.schema.collect-column.");

    /** The column that collects. */
    public static final ConfigOption<String> COLLECT_COLUMN =
            ConfigOptions.key("iceberg.schema.collect-column")
                    .stringType()
                    .defaultValue("_rest")
                    .withDescription(
                            "Column of type string for the fields without a column, with COLLECT. It is added where it is not there.");

    /** How wide a table may get. */
    public static final ConfigOption<Integer> MAX_COLUMNS =
            ConfigOptions.key("iceberg.schema.max-columns")
                    .intType()
                    .defaultValue(1_000)
                    .withDescription(
                            "Columns, those within structs included, up to which ADD adds some: records whose field names are data must not grow a table for ever. Records that need more go to the error prefix.");

    /** How soon changes of others are seen. */
    public static final ConfigOption<Duration> REFRESH_INTERVAL =
            ConfigOptions.key("iceberg.schema.refresh-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "How long a task takes a table for what it was when it last looked, before a record that does not fit, or a table that is not there, makes it look again.");

    /** Whether tables are made. */
    public static final ConfigOption<Boolean> CREATE_TABLES =
            ConfigOptions.key("iceberg.table.create")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether a table that is not there is made, with the columns of the first record that goes to it. Firehose: TableCreationConfiguration.Enabled.");

    /** Properties of tables that are made. */
    public static final ConfigOption<Map<String, String>> TABLE_PROPERTIES =
            ConfigOptions.key("iceberg.table.properties")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "Properties of tables that are made here, by Iceberg's names, such as write.parquet.compression-codec:zstd.");

    /** Open files. */
    public static final ConfigOption<Integer> MAX_OPEN_FILES =
            ConfigOptions.key("iceberg.write.max-open-files")
                    .intType()
                    .defaultValue(32)
                    .withDescription(
                            "Files that a task writes at once; where partitions are more, the one longest without a row is finished early. Bounds memory.");

    /** Keys in memory. */
    public static final ConfigOption<Integer> MAX_KEYS_IN_MEMORY =
            ConfigOptions.key("iceberg.write.max-keys-in-memory")
                    .intType()
                    .defaultValue(200_000)
                    .withDescription(
                            "Rows written by key that a task remembers between two checkpoints; past that it begins new files, which are committed behind the others in the same transaction. Bounds memory.");

    /** Who commits. */
    public static final ConfigOption<String> COMMIT_ID =
            ConfigOptions.key("iceberg.commit.id")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Name under which a table remembers what this delivery committed. It must differ among deliveries into one table, and stay over restarts. Without it: the name of the delivery stream.");

    /** How long commits are repeated. */
    public static final ConfigOption<Duration> COMMIT_RETRY_TIMEOUT =
            ConfigOptions.key("iceberg.commit.retry-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How long a commit that the catalog does not take is repeated before the job goes back to its last checkpoint, where nothing is lost. Firehose: RetryOptions, behind which records go to the error prefix.");

    /** What a table ahead of the job means. */
    public static final ConfigOption<ForkAction> FORK_ACTION =
            ConfigOptions.key("iceberg.commit.on-fork")
                    .enumType(ForkAction.class)
                    .defaultValue(ForkAction.FAIL)
                    .withDescription(
                            "What happens where a table holds commits of this delivery that the job does not come from, because it was begun anew or from a savepoint that others went on from: FAIL, or APPEND where records may be twice in the table.");

    /** Whether records wait in the bucket first. */
    public static final ConfigOption<Boolean> STAGED =
            ConfigOptions.key("iceberg.staged")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether records are written to the delivery's bucket first, when the buffer hints say so, and are put into tables behind the checkpoint, so that a catalog or a "
                                    + "warehouse that cannot be reached holds up neither checkpoints nor other deliveries of the job; as often and as long as it takes. Always so where a job has several deliveries. "
                                    + "Where records may replace or remove rows by key, or tables are compacted or their snapshots expire, one task stages and puts in all of them, in their order; else each task what it read.");

    private IcebergOptions() {}
}
