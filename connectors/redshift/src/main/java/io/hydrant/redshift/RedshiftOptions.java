package io.hydrant.redshift;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.time.Duration;

/** The options of the Redshift destination; those of staging are in the S3 room. */
public final class RedshiftOptions {

    /** Address of the cluster. */
    public static final ConfigOption<String> JDBC_URL =
            ConfigOptions.key("redshift.jdbc-url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where the warehouse is: jdbc:redshift://host:port/database, or jdbc:postgresql://host:port/database, with the driver's parameters behind a question mark. Any cluster, workgroup or server that the tasks reach, "
                                    + "a private one, too. Firehose: ClusterJDBCURL.");

    /** How it is reached. */
    public static final ConfigOption<AccessPath> ACCESS =
            ConfigOptions.key("redshift.access")
                    .enumType(AccessPath.class)
                    .defaultValue(AccessPath.JDBC)
                    .withDescription(
                            "JDBC: tasks connect to the warehouse, by its driver. DATA_API: they call the Redshift Data API instead, which needs no way to the cluster, a private one without a route included; each load is one batch, and redshift.rows-per-record must be ONE. "
                                    + "The user is redshift.secret-arn's, or the one of the job's IAM identity; on a cluster redshift.user may name another. No password is given.");

    /** Temporary credentials. */
    public static final ConfigOption<Boolean> IAM_AUTHENTICATION =
            ConfigOptions.key("redshift.iam-authentication")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether tasks log in with temporary credentials that AWS gives the job's IAM identity, instead of a password, and get new ones before those expire. With redshift.user, on a cluster: those of that user (GetClusterCredentials). "
                                    + "Without it: those of the identity's own user (GetClusterCredentialsWithIAM; with Redshift Serverless GetCredentials). The Data API always does so, unless redshift.secret-arn is given.");

    /** Cluster. */
    public static final ConfigOption<String> CLUSTER_IDENTIFIER =
            ConfigOptions.key("redshift.cluster-identifier")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Identifier of the cluster, for the Data API and temporary credentials, where redshift.jdbc-url does not say it: a host with a name of its own.");

    /** Workgroup. */
    public static final ConfigOption<String> WORKGROUP =
            ConfigOptions.key("redshift.workgroup")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The same, of Redshift Serverless: name of the workgroup.");

    /** Kind of warehouse. */
    public static final ConfigOption<Dialect> DIALECT =
            ConfigOptions.key("redshift.dialect")
                    .enumType(Dialect.class)
                    .noDefaultValue()
                    .withDescription(
                            "Which warehouse it is. REDSHIFT reads the staged objects by itself, by COPY with a manifest. POSTGRESQL, from version 12 on, is given their rows by COPY FROM STDIN and needs no role. "
                                    + "Without it: what redshift.jdbc-url begins with, but REDSHIFT where jdbc:postgresql:// names a host under redshift.amazonaws.com or redshift-serverless.amazonaws.com.");

    /** User. */
    public static final ConfigOption<String> USER =
            ConfigOptions.key("redshift.user")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "User that loads, unless redshift.secret-arn says; needs INSERT and SELECT on the table, and CREATE on its schema or a ledger table of its own. Firehose: Username.");

    /** Password. */
    public static final ConfigOption<String> PASSWORD =
            ConfigOptions.key("redshift.password")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The user's password; never printed. Firehose: Password.");

    /** Secret. */
    public static final ConfigOption<String> SECRET_ARN =
            ConfigOptions.key("redshift.secret-arn")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Secret of Secrets Manager that has username and password as JSON, in place of redshift.user and redshift.password. It is read again when a connection is refused, so that a rotation needs no restart. "
                                    + "Firehose: SecretsManagerConfiguration.SecretARN.");

    /** Table. */
    public static final ConfigOption<String> TABLE =
            ConfigOptions.key("redshift.table")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Table that records go to, with its schema where that is not the user's first. Must exist. Firehose: CopyCommand.DataTableName.");

    /** Further tables. */
    public static final ConfigOption<String> TABLES =
            ConfigOptions.key("redshift.tables")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Further tables of the same warehouse that records may go to, as redshift.route.query says: a JSON array of objects with DataTableName and, where they differ, DataTableColumns, CopyOptions, Keys, OrderColumn and LedgerTable, "
                                    + "which are to it what redshift.columns and so on are to redshift.table. Each is loaded by itself, beside the others, with a ledger of its own. One may be added or left out at a savepoint; what is staged for one that was left out fails the job.");

    /** Route. */
    public static final ConfigOption<String> ROUTE_QUERY =
            ConfigOptions.key("redshift.route.query")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "jq 1.6 query that makes one object of a record (behind the transform), whose destinationTableName, with destinationDatabaseName and a dot before it where the query gives one, is redshift.table or one of redshift.tables, as it is written there, in upper or lower case. "
                                    + "A record of which it gives none goes to redshift.table; one whose table is none of them goes to the error prefix (redshift-failed).");

    /** Columns. */
    public static final ConfigOption<String> COLUMNS =
            ConfigOptions.key("redshift.columns")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Columns of the table that records fill, separated by commas. Without it: all. Firehose: CopyCommand.DataTableColumns.");

    /** What becomes of earlier rows. */
    public static final ConfigOption<LoadMode> LOAD_MODE =
            ConfigOptions.key("redshift.load-mode")
                    .enumType(LoadMode.class)
                    .defaultValue(LoadMode.APPEND)
                    .withDescription(
                            "APPEND: loads add to the rows of the table. REPLACE: what a run with an end delivers takes the place of all rows, in one transaction when its input has ended; until then, and where it fails, the table stays as it is. "
                                    + "For replays with an id of their own (--from, --replay-id). A run that delivers nothing replaces nothing.");

    /** Keys. */
    public static final ConfigOption<String> KEYS =
            ConfigOptions.key("redshift.keys")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Columns by which a row takes the place of an earlier one, separated by commas; with redshift.order-column and redshift.columns. Without it: every record is a row of its own. "
                                    + "A row with a null among them takes no place.");

    /** Order. */
    public static final ConfigOption<String> ORDER_COLUMN =
            ConfigOptions.key("redshift.order-column")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Column that says which of two rows with equal redshift.keys is the later one, such as a version or a time of change: the larger counts, in whatever order they are loaded. "
                                    + "A row that is to be gone stays as its last version, so let a column mark it.");

    /** Options of COPY. */
    public static final ConfigOption<String> COPY_OPTIONS =
            ConfigOptions.key("redshift.copy-options")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Parameters of COPY, such as JSON 'auto' GZIP. They must name the compression that delivery.compression has, and FORMAT AS PARQUET where delivery.conversion.format is PARQUET; a manifest and credentials are added. With POSTGRESQL they are read here, and one that it cannot do is refused. Firehose: CopyCommand.CopyOptions.");

    /** Role. */
    public static final ConfigOption<String> IAM_ROLE =
            ConfigOptions.key("redshift.iam-role")
                    .stringType()
                    .defaultValue("default")
                    .withDescription(
                            "Role by which the cluster reads the staged objects: its ARN, several with commas between to go from one to the next, or default for the cluster's own. It must be attached to the cluster. PostgreSQL takes none.");

    /** Ledger. */
    public static final ConfigOption<String> LEDGER_TABLE =
            ConfigOptions.key("redshift.ledger-table")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Table in the warehouse that notes which staged objects are loaded; created where it is missing. Loads lock it, so that tables with a ledger each load side by side. "
                                    + "All jobs that load one table must name the same. Without it: the table's name with _hydrant_ledger behind it.");

    /** How long a load is tried. */
    public static final ConfigOption<Duration> RETRY_DURATION =
            ConfigOptions.key("redshift.retry-duration")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "How long a load that fails is tried again, with growing pauses, before it is left out and a manifest of it written for a load by hand. Firehose: RetryOptions.DurationInSeconds.");

    /** How long staged objects stay. */
    public static final ConfigOption<Duration> STAGED_RETENTION =
            ConfigOptions.key("redshift.staged-retention")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How long staged objects are kept after their load, at least 1 h; then they are removed. Without it they stay, as Firehose's do. "
                                    + "It must be longer than checkpoints and savepoints are kept that a job may go on from: an older one counts on the objects, and the job fails and says so. What was left out is never removed.");

    /** What a wrong table or permission does. */
    public static final ConfigOption<ErrorAction> ON_ERROR =
            ConfigOptions.key("redshift.on-error")
                    .enumType(ErrorAction.class)
                    .defaultValue(ErrorAction.FAIL)
                    .withDescription(
                            "What becomes of the job where the table, a column, a permission or the syntax of COPY is wrong, so that somebody has to mend it. FAIL: it fails, and the job that goes on loads what is staged. "
                                    + "WAIT: it runs on and tries again for as long as it takes, which it does where several destinations share the job, and unless this is given with redshift.tables, too. An input that ends waits for redshift.retry-duration, then the job fails.");

    /** How long a statement may take. */
    public static final ConfigOption<Duration> STATEMENT_TIMEOUT =
            ConfigOptions.key("redshift.statement-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription(
                            "How long a statement, COPY and the wait for another job's load included, may take before it counts as failed.");

    /** How often the queue is looked at. */
    public static final ConfigOption<Duration> POLL_INTERVAL =
            ConfigOptions.key("redshift.poll-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(2))
                    .withDescription(
                            "How often the queue of loads is looked at for what other tasks staged.");

    /** Files of one load. */
    public static final ConfigOption<Integer> FILES_PER_LOAD =
            ConfigOptions.key("redshift.files-per-load")
                    .intType()
                    .defaultValue(1000)
                    .withDescription(
                            "The most staged objects that one COPY loads; what waits while a load runs is loaded together. What one commit staged is never taken apart.");

    /** Bad rows of one load. */
    public static final ConfigOption<Integer> MAX_ERRORS =
            ConfigOptions.key("redshift.max-errors")
                    .intType()
                    .defaultValue(1000)
                    .withDescription(
                            "How many rows of one load the warehouse may refuse; they go to the error prefix with their text and the reason, the rest is loaded. With more the load fails. 0 to 100000. MAXERROR in redshift.copy-options goes before it. Of Parquet COPY takes all rows or none.");

    /** Rows of a record. */
    public static final ConfigOption<RowsPerRecord> ROWS_PER_RECORD =
            ConfigOptions.key("redshift.rows-per-record")
                    .enumType(RowsPerRecord.class)
                    .defaultValue(RowsPerRecord.ONE)
                    .withDescription(
                            "ONE: a load counts only if it made one row of every record, or refused it; ANY where records hold several rows or none, which gives that proof up.");

    /** Queue. */
    public static final ConfigOption<String> QUEUE_PREFIX =
            ConfigOptions.key("redshift.queue-prefix")
                    .stringType()
                    .defaultValue("_hydrant/loads/")
                    .withDescription(
                            "Prefix in the staging bucket of the queue of loads and of their manifests; the name of the delivery stream follows.");

    /** Manifests of what was left out. */
    public static final ConfigOption<String> ERROR_MANIFEST_PREFIX =
            ConfigOptions.key("redshift.error-manifest-prefix")
                    .stringType()
                    .defaultValue("errors/manifests/")
                    .withDescription(
                            "Prefix in the staging bucket of the manifests of loads that were left out; the name of the delivery stream follows.");

    private RedshiftOptions() {}
}
