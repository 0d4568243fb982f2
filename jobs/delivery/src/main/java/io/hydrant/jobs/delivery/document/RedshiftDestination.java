package io.hydrant.jobs.delivery.document;

import java.util.List;
import java.util.Objects;

/**
 * What a document says of a delivery to a table of Redshift, beside the bucket that records are
 * staged in.
 *
 * @param path where in the document it stands
 * @param processors what is done to records before; never null
 * @param backup where records are kept as they came; null where they are not
 * @param secretRoleArn role that Firehose would assume to read its secret, null where it is not
 *     named
 * @param options values of options, one of which is a password
 */
public record RedshiftDestination(
        String path,
        Processors processors,
        S3Destination backup,
        String secretRoleArn,
        List<FormatConversion.Given> options) {

    /** Validates that nothing is missing, and copies the options. */
    public RedshiftDestination {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(processors, "processors");
        options = List.copyOf(options);
    }

    /** Without the options, which hold a password. */
    @Override
    public String toString() {
        return path;
    }
}
