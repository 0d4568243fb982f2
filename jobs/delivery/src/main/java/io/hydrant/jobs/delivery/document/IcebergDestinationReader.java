package io.hydrant.jobs.delivery.document;

import io.hydrant.delivery.partition.PrefixTemplate;
import io.hydrant.iceberg.IcebergOptions;
import io.hydrant.iceberg.catalog.CatalogOptions;
import io.hydrant.iceberg.row.UnknownFields;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.ZoneOffset;
import java.util.List;

/**
 * Reads a destination of Iceberg: {@code IcebergDestinationConfiguration} or its description.
 *
 * <p>Source: Firehose API reference, IcebergDestinationConfiguration, CatalogConfiguration,
 * DestinationTableConfiguration, PartitionSpec, SchemaEvolutionConfiguration and
 * TableCreationConfiguration.
 */
final class IcebergDestinationReader {

    private static final int ARN_REGION = 3;
    private static final int ARN_ACCOUNT = 4;

    private final Fields fields;
    private final DestinationFields destination;

    private IcebergDestinationReader(Fields fields) {
        this.fields = fields;
        this.destination = new DestinationFields(fields);
    }

    /** The destination and the bucket for what fails; null where it names no bucket. */
    record Read(IcebergDestination tables, S3Destination failures) {}

    /**
     * Reads the destination.
     *
     * @param suffix {@code Configuration} or {@code Description}
     */
    static Read read(Fields fields, String suffix) {
        return new IcebergDestinationReader(fields).read(suffix);
    }

    private Read read(String suffix) {
        fields.require("RoleARN");
        fields.text("RoleARN", TextRule.ROLE_ARN);
        readCatalog();
        readTables();
        destination.give(IcebergOptions.APPEND_ONLY, fields.flag("AppendOnly"), "AppendOnly");
        readSwitches();
        readHints();
        destination.giveRetries(IcebergOptions.COMMIT_RETRY_TIMEOUT);
        S3DestinationReader.readLogging(fields.object("CloudWatchLoggingOptions"));
        String mode =
                fields.choice("S3BackupMode", List.of("FailedDataOnly", "AllData"), List.of());
        Processors processors = processors();
        Fields s3 = destination.s3(suffix);
        S3Destination failures = s3 == null ? null : S3DestinationReader.read(s3, false);
        S3Destination backup = "AllData".equals(mode) ? failures : null;
        if (backup != null && Integer.valueOf(0).equals(backup.bufferSeconds())) {
            s3.problem(
                    "BufferingHints.IntervalInSeconds",
                    "0 is not allowed where all data are kept (S3BackupMode); 1 to 900");
        }
        fields.done();
        return failures == null
                ? null
                : new Read(
                        new IcebergDestination(
                                fields.path(), processors, backup, destination.options()),
                        failures);
    }

    private void readCatalog() {
        fields.require("CatalogConfiguration");
        Fields catalog = fields.object("CatalogConfiguration");
        if (catalog == null) {
            return;
        }
        String arn = catalog.text("CatalogARN", TextRule.CATALOG_ARN);
        if (arn != null) {
            String[] parts = arn.split(":", -1);
            if (arn.endsWith(":catalog")) {
                destination.give(
                        CatalogOptions.PROPERTIES,
                        "glue.id:" + parts[ARN_ACCOUNT] + ",client.region:" + parts[ARN_REGION],
                        "CatalogConfiguration.CatalogARN");
            } else {
                catalog.problem(
                        "CatalogARN",
                        TextRule.quoted(arn)
                                + " is valid in Firehose but not built yet; way out: reach the catalog by Glue's or S3 Tables' REST endpoint, with iceberg.catalog.type REST in the Hydrant object");
            }
        }
        destination.give(
                CatalogOptions.WAREHOUSE,
                catalog.text("WarehouseLocation", TextRule.WAREHOUSE),
                "CatalogConfiguration.WarehouseLocation");
        catalog.done();
    }

    private void readTables() {
        String name = "DestinationTableConfigurationList";
        ArrayNode tables = JsonDocument.NODES.arrayNode();
        for (Fields table : fields.objects(name)) {
            ObjectNode read = tables.addObject();
            for (String each : List.of("DestinationDatabaseName", "DestinationTableName")) {
                table.require(each);
                read.put(each, table.text(each, TextRule.TABLE_NAME));
            }
            ArrayNode keys = read.putArray("UniqueKeys");
            table.texts("UniqueKeys", TextRule.UNIQUE_KEY).forEach(keys::add);
            ArrayNode partitions = read.putArray("PartitionBy");
            Fields spec = table.object("PartitionSpec");
            if (spec != null) {
                for (Fields identity : spec.objects("Identity")) {
                    identity.require("SourceName");
                    String column = identity.text("SourceName", TextRule.UNIQUE_KEY);
                    if (column != null) {
                        partitions.add(column);
                    }
                    identity.done();
                }
                spec.done();
            }
            readErrorPrefix(table, read);
            table.done();
        }
        if (!tables.isEmpty()) {
            destination.give(IcebergOptions.TABLES, tables.toString(), name);
        }
    }

    private static void readErrorPrefix(Fields table, ObjectNode read) {
        String name = "S3ErrorOutputPrefix";
        String prefix = table.text(name, TextRule.PREFIX);
        if (prefix == null || prefix.isEmpty()) {
            return;
        }
        try {
            PrefixTemplate.forErrors(prefix, "", ZoneOffset.UTC);
            read.put(name, prefix);
        } catch (IllegalArgumentException e) {
            table.problem(name, e.getMessage());
        }
    }

    private void readSwitches() {
        String evolution = "SchemaEvolutionConfiguration";
        if (Boolean.TRUE.equals(enabled(evolution))) {
            destination.give(
                    IcebergOptions.UNKNOWN_FIELDS, UnknownFields.ADD, evolution + ".Enabled");
        } else {
            fields.notice(
                    evolution,
                    "is not enabled, and Firehose leaves fields without a column out; here their records go to the error prefix, unless "
                            + IcebergOptions.UNKNOWN_FIELDS.key()
                            + " is IGNORE");
        }
        String creation = "TableCreationConfiguration";
        destination.give(IcebergOptions.CREATE_TABLES, enabled(creation), creation + ".Enabled");
    }

    private Boolean enabled(String name) {
        Fields given = fields.object(name);
        if (given == null) {
            return null;
        }
        given.require("Enabled");
        Boolean enabled = given.flag("Enabled");
        given.done();
        return enabled;
    }

    private void readHints() {
        Fields hints = fields.object("BufferingHints");
        if (hints == null) {
            return;
        }
        hints.integer("SizeInMBs", 1, 128);
        hints.integer("IntervalInSeconds", 0, 900);
        hints.done();
        fields.notice(
                "BufferingHints",
                "have no effect; tables are committed with every checkpoint, so execution.checkpointing.interval says how often");
    }

    private Processors processors() {
        Fields processing = fields.object("ProcessingConfiguration");
        Processors read = processing == null ? Processors.NONE : ProcessingReader.read(processing);
        destination.give(IcebergOptions.ROUTE_QUERY, read.query(), "ProcessingConfiguration");
        return read.withoutQuery();
    }
}
