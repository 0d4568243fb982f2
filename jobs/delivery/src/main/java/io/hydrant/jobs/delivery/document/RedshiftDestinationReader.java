package io.hydrant.jobs.delivery.document;

import io.hydrant.redshift.CopyOptions;
import io.hydrant.redshift.Dialect;
import io.hydrant.redshift.RedshiftOptions;

import java.util.List;

/**
 * Reads a destination of Redshift: {@code RedshiftDestinationConfiguration} or its description.
 * With the address of a PostgreSQL, which Firehose has not, that is the warehouse.
 *
 * <p>Source: Firehose API reference, RedshiftDestinationConfiguration, CopyCommand,
 * RedshiftRetryOptions, SecretsManagerConfiguration; developer guide, "Configure destination
 * settings for Amazon Redshift" and "Custom prefixes for Amazon S3 objects".
 */
final class RedshiftDestinationReader {

    private static final List<String> COMPRESSIONS = List.of("UNCOMPRESSED", "GZIP");

    private final Fields fields;
    private final DestinationFields destination;

    private String secretRoleArn;

    private RedshiftDestinationReader(Fields fields) {
        this.fields = fields;
        this.destination = new DestinationFields(fields);
    }

    /** The table, and the bucket that records are staged in. */
    record Read(RedshiftDestination table, S3Destination staging) {}

    /**
     * Reads the destination; null where a problem was found.
     *
     * @param suffix {@code Configuration} or {@code Description}
     */
    static Read read(Fields fields, String suffix) {
        int before = fields.problemCount();
        Read read = new RedshiftDestinationReader(fields).read(suffix);
        return fields.problemCount() == before ? read : null;
    }

    private Read read(String suffix) {
        fields.require("RoleARN");
        String roleArn = fields.text("RoleARN", TextRule.ROLE_ARN);
        String url = readAccess();
        if (roleArn != null) {
            // Where the address is none, it has been said.
            boolean isPostgres = url != null && Dialect.of(url) == Dialect.POSTGRESQL;
            fields.notice(
                    "RoleARN",
                    isPostgres
                            ? "is not needed; the job reads what is staged, and PostgreSQL takes its rows"
                            : "is not given to COPY; the cluster reads what is staged by "
                                    + RedshiftOptions.IAM_ROLE.key()
                                    + ", a role that is attached to it");
        }
        readCopy();
        destination.giveRetries(RedshiftOptions.RETRY_DURATION);
        S3DestinationReader.readLogging(fields.object("CloudWatchLoggingOptions"));
        Processors processors = processors();
        S3Destination backup = S3DestinationReader.backup(fields, roleArn);
        S3Destination staging = staging(suffix);
        fields.done();
        return staging == null
                ? null
                : new Read(
                        new RedshiftDestination(
                                fields.path(),
                                processors,
                                backup,
                                secretRoleArn,
                                destination.options()),
                        staging);
    }

    private String readAccess() {
        fields.require("ClusterJDBCURL");
        String url = fields.secret("ClusterJDBCURL", TextRule.CLUSTER_JDBC_URL);
        destination.give(RedshiftOptions.JDBC_URL, url, "ClusterJDBCURL");
        destination.give(
                RedshiftOptions.USER, fields.text("Username", TextRule.REDSHIFT_USER), "Username");
        destination.give(
                RedshiftOptions.PASSWORD,
                fields.secret("Password", TextRule.REDSHIFT_PASSWORD),
                "Password");
        readSecret(fields.object("SecretsManagerConfiguration"));
        return url;
    }

    private void readSecret(Fields secret) {
        if (secret == null) {
            return;
        }
        secret.require("Enabled");
        Boolean enabled = secret.flag("Enabled");
        String arn = secret.text("SecretARN", TextRule.SECRET_ARN);
        secretRoleArn = secret.text("RoleARN", TextRule.ROLE_ARN);
        if (Boolean.TRUE.equals(enabled)) {
            secret.require("SecretARN");
            destination.give(
                    RedshiftOptions.SECRET_ARN, arn, "SecretsManagerConfiguration.SecretARN");
        }
        secret.done();
    }

    private void readCopy() {
        fields.require("CopyCommand");
        Fields copy = fields.object("CopyCommand");
        if (copy == null) {
            return;
        }
        copy.require("DataTableName");
        String path = "CopyCommand.";
        destination.give(
                RedshiftOptions.TABLE,
                copy.text("DataTableName", TextRule.DATA_TABLE_NAME),
                path + "DataTableName");
        String columns = copy.text("DataTableColumns", TextRule.DATA_TABLE_COLUMNS);
        destination.give(
                RedshiftOptions.COLUMNS,
                columns == null || columns.isBlank() ? null : columns,
                path + "DataTableColumns");
        String text = copy.text("CopyOptions", TextRule.COPY_OPTIONS);
        if (text != null) {
            try {
                CopyOptions.parse("CopyOptions", text);
                destination.give(RedshiftOptions.COPY_OPTIONS, text, path + "CopyOptions");
            } catch (IllegalArgumentException e) {
                copy.problem("CopyOptions", e.getMessage());
            }
        }
        copy.done();
    }

    private Processors processors() {
        Fields processing = fields.object("ProcessingConfiguration");
        Processors read = processing == null ? Processors.NONE : ProcessingReader.read(processing);
        if (read.query() != null) {
            processing.notice(
                    "Processors",
                    "MetadataExtraction has no effect; there is no dynamic partitioning with Redshift");
        }
        return read.withoutQuery();
    }

    private S3Destination staging(String suffix) {
        Fields given = destination.s3(suffix);
        if (given == null) {
            return null;
        }
        String prefix = given.text("Prefix", TextRule.PREFIX);
        if (prefix != null && prefix.contains("!{")) {
            // With one it would have to have an ErrorOutputPrefix, which it must not have.
            given.problem(
                    "Prefix",
                    TextRule.quoted(prefix)
                            + " holds an expression; for Redshift it must hold none");
            return null;
        }
        S3Destination staging = S3DestinationReader.read(given, false);
        if (staging == null) {
            return null;
        }
        if (staging.compression() != null && !COMPRESSIONS.contains(staging.compression())) {
            given.problem(
                    "CompressionFormat",
                    TextRule.quoted(staging.compression())
                            + " is not allowed for Redshift; "
                            + String.join(" or ", COMPRESSIONS));
        }
        if (staging.errorOutputPrefix() != null && !staging.errorOutputPrefix().isEmpty()) {
            given.problem(
                    "ErrorOutputPrefix",
                    "is not allowed for Redshift; leave it out, errors go under Prefix");
        }
        return staging;
    }
}
