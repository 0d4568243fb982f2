package io.hydrant.redshift;

import io.hydrant.delivery.format.FormatOptions;
import io.hydrant.s3.sink.S3SinkConfig;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The Redshift destination's options, resolved and validated once.
 *
 * @param staging how records are staged in S3
 * @param access where the warehouse is and who loads
 * @param table table that is loaded
 * @param columns its columns that records fill, in order; empty for all
 * @param mode what becomes of rows that the table has
 * @param upsert by what a row takes the place of another, null where each is one of its own
 * @param copy parameters of COPY, as text
 * @param iamRole by which the cluster reads staged objects, or {@code default}
 * @param ledgerTable table that notes what is loaded
 * @param maxErrors rows of one load that may be refused
 * @param rowsPerRecord what COPY makes of a record
 * @param filesPerLoad the most objects of one load
 * @param retryDuration how long a load is tried
 * @param stagedRetention how long staged objects are kept after their load, null for ever
 * @param onError what becomes of the job where no load can work
 * @param pollInterval how often the queue is looked at
 * @param queuePrefix prefix of the queue, ending with a slash
 * @param errorManifestPrefix prefix of manifests of what was left out, ending with a slash
 * @param routes which further tables records may go to, null where all go to {@code table}
 */
public record RedshiftConfig(
        S3SinkConfig staging,
        WarehouseAccess access,
        String table,
        List<String> columns,
        LoadMode mode,
        Upsert upsert,
        String copy,
        String iamRole,
        String ledgerTable,
        int maxErrors,
        RowsPerRecord rowsPerRecord,
        int filesPerLoad,
        Duration retryDuration,
        Duration stagedRetention,
        ErrorAction onError,
        Duration pollInterval,
        String queuePrefix,
        String errorManifestPrefix,
        TableRoutes routes)
        implements Serializable {

    private static final Pattern ROLES =
            Pattern.compile("default|arn:aws[a-z-]*:iam::[0-9]{12}:role/[^,' ]+(,arn:aws[^,' ]+)*");

    /** Checkpoints of the last minutes may come back at any time. */
    private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);

    /** The longest that Firehose retries. */
    private static final Duration LONGEST_RETRY = Duration.ofDays(7);

    /** Validates ranges. */
    public RedshiftConfig {
        Objects.requireNonNull(staging, "staging");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(onError, "onError");
        columns = List.copyOf(columns);
        SqlNames.table(RedshiftOptions.TABLE.key(), table);
        SqlNames.table(RedshiftOptions.LEDGER_TABLE.key(), ledgerTable);
        if (table.equalsIgnoreCase(ledgerTable)) {
            throw new IllegalArgumentException(
                    RedshiftOptions.LEDGER_TABLE.key()
                            + " is '"
                            + ledgerTable
                            + "', which is the table that is loaded; it needs one of its own");
        }
        if (mode == LoadMode.REPLACE && upsert != null) {
            throw new IllegalArgumentException(
                    RedshiftOptions.LOAD_MODE.key()
                            + " is REPLACE, and "
                            + RedshiftOptions.KEYS.key()
                            + " is given; what takes the place of all rows takes that of none by its key, so leave one of them out");
        }
        if (!ROLES.matcher(iamRole).matches()) {
            throw new IllegalArgumentException(
                    RedshiftOptions.IAM_ROLE.key()
                            + " is '"
                            + iamRole
                            + "'; it must be default or the ARN of a role that is attached to the cluster, several with commas between");
        }
        if (access.dialect() == Dialect.POSTGRESQL) {
            RowFormat.parse(copy);
            requireNoRole(iamRole);
        }
        if (access.path() == AccessPath.DATA_API && rowsPerRecord != RowsPerRecord.ONE) {
            throw new IllegalArgumentException(
                    RedshiftOptions.ROWS_PER_RECORD.key()
                            + " is "
                            + rowsPerRecord
                            + ", and "
                            + RedshiftOptions.ACCESS.key()
                            + " is DATA_API, where a load says beforehand how many rows it is to make; it must be ONE, or the access JDBC");
        }
        inRange(RedshiftOptions.MAX_ERRORS, maxErrors, 0, CopyOptions.LARGEST_MAX_ERRORS);
        inRange(RedshiftOptions.FILES_PER_LOAD, filesPerLoad, 1, 100_000);
        if (retryDuration.isNegative() || retryDuration.compareTo(LONGEST_RETRY) > 0) {
            throw new IllegalArgumentException(
                    RedshiftOptions.RETRY_DURATION.key()
                            + " is "
                            + retryDuration
                            + "; it must be from zero to "
                            + LONGEST_RETRY);
        }
        if (stagedRetention != null && stagedRetention.compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException(
                    RedshiftOptions.STAGED_RETENTION.key()
                            + " is "
                            + stagedRetention
                            + "; it must be at least "
                            + SHORTEST_RETENTION
                            + ", or left out to keep them");
        }
        if (pollInterval.toMillis() < 100) {
            throw new IllegalArgumentException(
                    RedshiftOptions.POLL_INTERVAL.key()
                            + " is "
                            + pollInterval
                            + "; it must be at least 100 ms");
        }
        if (routes != null) {
            routes.requireApart(table, ledgerTable);
        }
        TablePlaces.requireNone(staging.naming().prefix());
        requireFolder(RedshiftOptions.QUEUE_PREFIX, queuePrefix);
        requireFolder(RedshiftOptions.ERROR_MANIFEST_PREFIX, errorManifestPrefix);
        ParquetStaging.check(
                CopyOptions.parse(RedshiftOptions.COPY_OPTIONS.key(), copy),
                staging.conversion(),
                columns);
        if (staging.conversion() != null && maxErrors > 0) {
            throw new IllegalArgumentException(
                    RedshiftOptions.MAX_ERRORS.key()
                            + " is "
                            + maxErrors
                            + ", and COPY refuses no single row of Parquet; leave it out. Records that do not fit its columns go to the error prefix when they are staged");
        }
    }

    /**
     * Reads the options of this room and those of staging.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static RedshiftConfig from(ReadableConfig config) {
        S3SinkConfig staging = S3SinkConfig.from(config);
        String table =
                SqlNames.table(RedshiftOptions.TABLE.key(), config.get(RedshiftOptions.TABLE));
        CopyOptions copy =
                CopyOptions.parse(
                        RedshiftOptions.COPY_OPTIONS.key(),
                        config.get(RedshiftOptions.COPY_OPTIONS));
        requireSameCompression(copy, staging);
        TableRoutes routes = TableRoutes.from(config, table);
        String given = config.get(RedshiftOptions.COLUMNS);
        List<String> columns =
                given == null ? List.of() : SqlNames.columns(RedshiftOptions.COLUMNS.key(), given);
        return new RedshiftConfig(
                staging,
                WarehouseAccess.from(config),
                table,
                columns,
                config.get(RedshiftOptions.LOAD_MODE),
                Upsert.from(config, columns),
                copy.text(),
                config.get(RedshiftOptions.IAM_ROLE),
                config.getOptional(RedshiftOptions.LEDGER_TABLE)
                        .orElseGet(() -> SqlNames.withSuffix(table, "_hydrant_ledger")),
                maxErrors(config, copy),
                config.get(RedshiftOptions.ROWS_PER_RECORD),
                config.get(RedshiftOptions.FILES_PER_LOAD),
                config.get(RedshiftOptions.RETRY_DURATION),
                config.get(RedshiftOptions.STAGED_RETENTION),
                config.getOptional(RedshiftOptions.ON_ERROR)
                        .orElse(
                                routes == null
                                        ? RedshiftOptions.ON_ERROR.defaultValue()
                                        : ErrorAction.WAIT),
                config.get(RedshiftOptions.POLL_INTERVAL),
                config.get(RedshiftOptions.QUEUE_PREFIX),
                config.get(RedshiftOptions.ERROR_MANIFEST_PREFIX),
                routes);
    }

    private static int maxErrors(ReadableConfig config, CopyOptions copy) {
        if (copy.maxErrors() >= 0) {
            return copy.maxErrors();
        }
        return copy.isParquet()
                ? config.getOptional(RedshiftOptions.MAX_ERRORS).orElse(0)
                : config.get(RedshiftOptions.MAX_ERRORS);
    }

    private static void requireNoRole(String iamRole) {
        if (!iamRole.equals(RedshiftOptions.IAM_ROLE.defaultValue())) {
            throw new IllegalArgumentException(
                    RedshiftOptions.IAM_ROLE.key()
                            + " is '"
                            + iamRole
                            + "', and PostgreSQL reads no bucket; leave it out, the job reads what is staged as itself");
        }
    }

    /** What Redshift is told must be what it finds. */
    private static void requireSameCompression(CopyOptions copy, S3SinkConfig staging) {
        if (copy.compression() != staging.format().compression()) {
            throw new IllegalArgumentException(
                    RedshiftOptions.COPY_OPTIONS.key()
                            + " says that objects are "
                            + copy.compression()
                            + ", but "
                            + FormatOptions.COMPRESSION.key()
                            + " is "
                            + staging.format().compression()
                            + "; they must agree, and COPY knows UNCOMPRESSED, GZIP and ZSTD");
        }
    }

    private static void inRange(ConfigOption<Integer> option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    option.key() + " is " + value + "; it must be from " + least + " to " + most);
        }
    }

    private static void requireFolder(ConfigOption<String> option, String prefix) {
        if (!prefix.endsWith("/") || prefix.startsWith("/")) {
            throw new IllegalArgumentException(
                    option.key()
                            + " is '"
                            + prefix
                            + "'; it must end with a slash and not begin with one, such as "
                            + option.defaultValue());
        }
    }

    /**
     * Whether there are further tables and no query that chooses, so that something before must.
     */
    public boolean mustBeRoutedBefore() {
        return routes != null && routes.query() == null;
    }

    /** One for each table, this one first; those of the others have no further tables. */
    public List<RedshiftConfig> ofEachTable() {
        List<RedshiftConfig> all = new ArrayList<>();
        all.add(this);
        if (routes != null) {
            all.addAll(routes.tables());
        }
        return all;
    }

    /** The bucket of staged objects, of the queue and of manifests. */
    String bucket() {
        return staging.bucket();
    }

    String deliveryStream() {
        return staging.naming().streamName();
    }
}
