package io.hydrant.jobs.delivery.document;

import java.util.Objects;

/**
 * A Firehose stream that Hydrant can run, as its document says.
 *
 * @param path where in the document its name stands
 * @param streamName name of the Firehose stream; part of object names
 * @param version version of its configuration; part of object names; null where the document has
 *     none
 * @param source what it reads
 * @param destination what it writes to; where its tables are of Iceberg, what fails; for Redshift,
 *     where records are staged
 * @param iceberg the tables of Iceberg that it writes to, null where it writes elsewhere
 * @param redshift the table of Redshift that it loads, null where it writes elsewhere
 */
public record FirehoseDelivery(
        String path,
        String streamName,
        String version,
        KinesisStreamSource source,
        S3Destination destination,
        IcebergDestination iceberg,
        RedshiftDestination redshift) {

    /** A delivery to S3. */
    public FirehoseDelivery(
            String path,
            String streamName,
            String version,
            KinesisStreamSource source,
            S3Destination destination) {
        this(path, streamName, version, source, destination, null, null);
    }

    /** Validates that nothing else is missing. */
    public FirehoseDelivery {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(streamName, "streamName");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(destination, "destination");
    }

    /** What is done to records before they are delivered. */
    public Processors processors() {
        if (redshift != null) {
            return redshift.processors();
        }
        return iceberg == null ? destination.processors() : iceberg.processors();
    }
}
