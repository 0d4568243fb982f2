package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.delivery.conversion.CatalogTable;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.conversion.schema.HiveTypeParser;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AccessDeniedException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the columns of a table from the Glue Data Catalog.
 *
 * <p>Source: AWS Glue API, GetTable and GetTableVersion. The table's partition keys are no columns
 * of its files.
 */
final class GlueTables {

    private static final String WAY_OUT =
            " Way out: mend that, or give the columns by delivery.conversion.schema-file.";

    private GlueTables() {}

    /**
     * The columns as they are now.
     *
     * @throws IllegalArgumentException saying why they cannot be had, and the way out
     */
    static HiveType.Struct columns(CatalogTable table, AwsClientConfig aws) {
        String name = table.databaseName() + "." + table.tableName();
        try (GlueClient glue = AwsClients.create(GlueClient.builder(), aws)) {
            return columns(storage(table, glue), name);
        } catch (EntityNotFoundException e) {
            throw new IllegalArgumentException(
                    "There is no table "
                            + name
                            + ", version "
                            + table.versionId()
                            + ", in the Glue Data Catalog of "
                            + aws.region()
                            + (table.catalogId() == null ? "" : ", account " + table.catalogId())
                            + "."
                            + WAY_OUT,
                    e);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException(
                    "Access to the table "
                            + name
                            + " in the Glue Data Catalog is denied; allow glue:GetTable, and glue:GetTableVersion for a version of its own, on catalog, data base and table."
                            + WAY_OUT,
                    e);
        } catch (SdkException e) {
            throw new IllegalArgumentException(
                    "The table "
                            + name
                            + " cannot be read from the Glue Data Catalog: "
                            + e.getMessage()
                            + "."
                            + WAY_OUT,
                    e);
        }
    }

    private static StorageDescriptor storage(CatalogTable table, GlueClient glue) {
        if (table.versionId().equals(CatalogTable.LATEST)) {
            return glue.getTable(
                            request ->
                                    request.catalogId(table.catalogId())
                                            .databaseName(table.databaseName())
                                            .name(table.tableName()))
                    .table()
                    .storageDescriptor();
        }
        return glue.getTableVersion(
                        request ->
                                request.catalogId(table.catalogId())
                                        .databaseName(table.databaseName())
                                        .tableName(table.tableName())
                                        .versionId(table.versionId()))
                .tableVersion()
                .table()
                .storageDescriptor();
    }

    private static HiveType.Struct columns(StorageDescriptor storage, String table) {
        if (storage == null || !storage.hasColumns()) {
            throw new IllegalArgumentException(
                    "The table " + table + " has no columns in the Glue Data Catalog." + WAY_OUT);
        }
        List<HiveType.Field> fields = new ArrayList<>();
        for (Column column : storage.columns()) {
            try {
                fields.add(new HiveType.Field(column.name(), HiveTypeParser.parse(column.type())));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Column '"
                                + column.name()
                                + "' of the table "
                                + table
                                + ": "
                                + e.getMessage()
                                + "."
                                + WAY_OUT,
                        e);
            }
        }
        return new HiveType.Struct(fields);
    }
}
