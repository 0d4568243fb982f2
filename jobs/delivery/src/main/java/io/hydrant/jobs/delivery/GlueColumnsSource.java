package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.delivery.conversion.CatalogTable;
import io.hydrant.delivery.conversion.ConversionOptions;
import io.hydrant.delivery.conversion.TableColumnsSource;
import io.hydrant.delivery.conversion.schema.HiveType;

import java.io.IOException;

/**
 * The columns that a table of the Glue Data Catalog has now.
 *
 * @param table the table
 * @param aws how the catalog is reached
 */
record GlueColumnsSource(CatalogTable table, AwsClientConfig aws) implements TableColumnsSource {

    private static final long serialVersionUID = 1L;

    @Override
    public HiveType.Struct columns() throws IOException {
        try {
            return GlueTables.columns(table, aws);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    e.getMessage()
                            + " Or set "
                            + ConversionOptions.TABLE_POLL_INTERVAL.key()
                            + " to 0 s, so that the tasks do not look.",
                    e);
        }
    }
}
