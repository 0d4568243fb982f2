package io.hydrant.jobs.delivery.document;

import java.util.List;
import java.util.Objects;

/**
 * What a document says of a delivery to tables of Iceberg, beside the bucket for what fails.
 *
 * @param path where in the document it stands
 * @param processors what is done to records before; never null, and without a query, which routes
 * @param backup where all records go as they came, null where they do not
 * @param options values of options
 */
public record IcebergDestination(
        String path,
        Processors processors,
        S3Destination backup,
        List<FormatConversion.Given> options) {

    /** Validates that nothing is missing, and copies the options. */
    public IcebergDestination {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(processors, "processors");
        options = List.copyOf(options);
    }
}
