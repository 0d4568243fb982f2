package io.hydrant.jobs.delivery.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@code aws firehose create-delivery-stream --cli-input-json} takes, or what {@code aws
 * firehose describe-delivery-stream} prints, with a {@code Hydrant} object beside it.
 *
 * <p>What Firehose does not know is refused, what Firehose knows and Hydrant does not do yet is
 * refused by name, and what has no effect outside Firehose is noticed: nothing is ignored.
 *
 * <p>Source: Firehose API reference (2015-08-04), CreateDeliveryStream and DescribeDeliveryStream.
 */
public final class FirehoseDocument {

    private static final String KINESIS = "KinesisStreamAsSource";
    private static final String DIRECT_PUT_TYPE = "DirectPut";
    private static final List<String> OTHER_TYPES = List.of("MSKAsSource", "DatabaseAsSource");

    private static final List<String> OTHER_DESTINATIONS =
            List.of(
                    "ElasticsearchDestination",
                    "AmazonopensearchserviceDestination",
                    "SplunkDestination",
                    "HttpEndpointDestination",
                    "AmazonOpenSearchServerlessDestination",
                    "SnowflakeDestination");

    /** Says nothing but how much is put. */
    private static final String DIRECT_PUT = "DirectPutSource";

    private static final List<String> OTHER_SOURCES = List.of("MSKSource", "DatabaseSource");
    private static final String TYPE = "DeliveryStreamType";
    private static final String ENCRYPTION = "DeliveryStreamEncryptionConfigurationInput";
    private static final String OWN_KEY = "CUSTOMER_MANAGED_CMK";

    private static final String ONLY_S3 =
            "ExtendedS3DestinationConfiguration, IcebergDestinationConfiguration and RedshiftDestinationConfiguration are";
    private static final String ONLY_KINESIS =
            "KinesisStreamSourceConfiguration and DirectPut are; way out: let producers put into a Kinesis stream, as the SDKs, the Kinesis Agent, Fluent Bit and Kafka Connect do, and name it by --set DeliveryStreamType=KinesisStreamAsSource --set KinesisStreamSourceConfiguration.KinesisStreamARN=ARN";

    private static final String ICEBERG = "IcebergDestination";
    private static final String REDSHIFT = "RedshiftDestination";

    private FirehoseDocument() {}

    /** Where records go: to S3, to tables of Iceberg and what fails to S3, or by S3 to Redshift. */
    private record Destination(
            S3Destination s3, IcebergDestination iceberg, RedshiftDestination redshift) {

        static Destination of(S3Destination s3) {
            return s3 == null ? null : new Destination(s3, null, null);
        }
    }

    /**
     * Reads the document.
     *
     * @return the delivery, or null where a problem keeps it from being one
     */
    public static FirehoseDelivery read(JsonDocument document, Problems problems) {
        Fields root = new Fields("", document.root(), problems);
        root.passOver(FirehoseForm.HYDRANT);
        FirehoseDelivery delivery =
                FirehoseForm.of(document.root()) == FirehoseForm.CREATE
                        ? readCreate(root)
                        : readDescribe(root);
        root.done();
        return delivery;
    }

    /**
     * Reads the {@code Hydrant} object.
     *
     * @return its keys and values in the document's order, whatever they are
     */
    public static Map<String, String> hydrantOptions(JsonDocument document, Problems problems) {
        Map<String, String> options = new LinkedHashMap<>();
        Fields hydrant = new Fields("", document.root(), problems).object(FirehoseForm.HYDRANT);
        if (hydrant != null) {
            for (String key : hydrant.names()) {
                String value = hydrant.option(key);
                if (value != null) {
                    options.put(key, value);
                }
            }
        }
        return options;
    }

    private static FirehoseDelivery readCreate(Fields root) {
        root.require("DeliveryStreamName");
        String name = root.text("DeliveryStreamName", TextRule.STREAM_NAME);
        Kind kind = Kind.read(root);
        KinesisStreamSource stream =
                source(
                        root,
                        "KinesisStreamSourceConfiguration",
                        "Configuration",
                        kind.orWithout(root, "KinesisStreamSourceConfiguration"));
        readEncryption(root, stream);
        if (!root.objects("Tags").isEmpty()) {
            root.notice("Tags", "have no effect; there is no Firehose stream to tag");
        }
        Destination destination = destination(root, "Configuration");
        return delivery(root.path("DeliveryStreamName"), name, null, stream, destination);
    }

    private static FirehoseDelivery readDescribe(Fields root) {
        Fields stream = root.object("DeliveryStreamDescription");
        if (stream == null) {
            return null;
        }
        // Python's SDK puts it beside the answer; the CLI does not print it.
        root.passOver("ResponseMetadata");
        stream.require("DeliveryStreamName");
        String name = stream.text("DeliveryStreamName", TextRule.STREAM_NAME);
        stream.require("VersionId");
        String version = stream.text("VersionId", TextRule.VERSION_ID);
        Kind kind = Kind.read(stream);
        stream.passOver(
                "DeliveryStreamARN",
                "FailureDescription",
                "DeliveryStreamEncryptionConfiguration",
                "CreateTimestamp",
                "LastUpdateTimestamp",
                "HasMoreDestinations",
                "DeliveryStreamStatus");
        if (stream.has("DeliveryStreamStatus")
                && "ACTIVE".equals(stream.scalar("DeliveryStreamStatus"))) {
            stream.notice(
                    "DeliveryStreamStatus",
                    "while the Firehose stream is ACTIVE it delivers the same records, too; delete it once this job runs");
        }
        KinesisStreamSource source = describedSource(stream, kind);
        Destination destination = describedDestination(stream);
        stream.done();
        return delivery(stream.path("DeliveryStreamName"), name, version, source, destination);
    }

    private static KinesisStreamSource describedSource(Fields stream, Kind kind) {
        Fields source = stream.object("Source");
        if (source == null) {
            if (kind == Kind.DIRECT_PUT && !stream.has("Source")) {
                return KinesisStreamSource.ofDirectPut(stream.path(TYPE));
            }
            requireSource(stream, "Source", kind);
            return null;
        }
        KinesisStreamSource read =
                source(source, "KinesisStreamSourceDescription", "Description", kind);
        source.done();
        return read != null && read.isDirectPut()
                ? KinesisStreamSource.ofDirectPut(stream.path(TYPE))
                : read;
    }

    private static Destination describedDestination(Fields stream) {
        List<Fields> destinations = stream.objects("Destinations");
        if (destinations.size() != 1) {
            stream.problem(
                    "Destinations",
                    "has "
                            + destinations.size()
                            + " destinations; a Firehose stream has exactly 1");
            return null;
        }
        Fields fields = destinations.get(0);
        fields.passOver("DestinationId");
        Destination destination = destination(fields, "Description");
        fields.done();
        return destination;
    }

    /** What a document says of who puts records. */
    private enum Kind {
        UNSAID,
        KINESIS_STREAM,
        DIRECT_PUT,

        /** Another one, or none that there is, which is a problem then. */
        OTHER;

        static Kind read(Fields fields) {
            int before = fields.problemCount();
            String type =
                    fields.choice(
                            TYPE, List.of(KINESIS, DIRECT_PUT_TYPE), OTHER_TYPES, ONLY_KINESIS);
            if (type == null) {
                return fields.problemCount() > before ? OTHER : UNSAID;
            }
            return type.equals(KINESIS) ? KINESIS_STREAM : DIRECT_PUT;
        }

        /** Where no type is said and no source given, Firehose takes what is put to itself. */
        Kind orWithout(Fields fields, String source) {
            boolean hasSource =
                    fields.has(source)
                            || OTHER_SOURCES.stream()
                                    .anyMatch(other -> fields.has(other + "Configuration"));
            return this == UNSAID && !hasSource ? DIRECT_PUT : this;
        }
    }

    /** Reads the one source out of the fields that hold it under its own name. */
    private static KinesisStreamSource source(
            Fields fields, String name, String suffix, Kind kind) {
        Fields kinesis = fields.object(name);
        boolean isSaid = false;
        for (String other : OTHER_SOURCES) {
            if (kind == Kind.OTHER) {
                fields.passOver(other + suffix);
            } else {
                isSaid |= fields.has(other + suffix);
                fields.notBuilt(other + suffix, ONLY_KINESIS);
            }
        }
        readThroughput(fields, DIRECT_PUT + suffix, name, kind);
        if (kind == Kind.DIRECT_PUT && !isSaid) {
            if (kinesis != null) {
                fields.problem(
                        name,
                        "stands beside DeliveryStreamType DirectPut; say KinesisStreamAsSource there, or leave it out");
                return null;
            }
            return KinesisStreamSource.ofDirectPut(fields.path(TYPE));
        }
        if (kinesis == null) {
            requireSource(fields, name, isSaid ? Kind.OTHER : kind);
            return null;
        }
        return source(kinesis);
    }

    private static void readThroughput(Fields fields, String name, String kinesis, Kind kind) {
        if (kind == Kind.OTHER) {
            fields.passOver(name);
            return;
        }
        Fields given = fields.object(name);
        if (given == null) {
            return;
        }
        given.integer("ThroughputHintInMBs", 1, 100);
        given.done();
        fields.notice(
                name,
                kind == Kind.DIRECT_PUT
                        ? "has no effect; the Kinesis stream behind takes what its shards take"
                        : "has no effect beside " + kinesis);
    }

    /** What would be encrypted in Firehose is in a Kinesis stream here, which has its own key. */
    private static void readEncryption(Fields root, KinesisStreamSource source) {
        Fields encryption = root.object(ENCRYPTION);
        if (encryption == null) {
            return;
        }
        if (source != null && !source.isDirectPut()) {
            root.problem(
                    ENCRYPTION,
                    "goes with DeliveryStreamType DirectPut only; a Kinesis stream is encrypted at the stream");
            return;
        }
        encryption.require("KeyType");
        String type = encryption.choice("KeyType", List.of("AWS_OWNED_CMK", OWN_KEY), List.of());
        String key = encryption.text("KeyARN", TextRule.KMS_KEY_ARN);
        if (OWN_KEY.equals(type)) {
            encryption.require("KeyARN");
        } else if (type != null && key != null) {
            encryption.problem("KeyARN", "goes with KeyType " + OWN_KEY + " only");
        }
        encryption.done();
        root.notice(
                ENCRYPTION,
                "has no effect; records wait in the Kinesis stream behind, so encrypt that");
    }

    private static void requireSource(Fields fields, String name, Kind kind) {
        if (kind != Kind.OTHER && !fields.has(name)) {
            fields.problem(name, "is missing; without a Kinesis stream there is nothing to read");
        }
    }

    private static KinesisStreamSource source(Fields fields) {
        fields.require("KinesisStreamARN");
        String streamArn = fields.text("KinesisStreamARN", TextRule.KINESIS_STREAM_ARN);
        String roleArn = fields.text("RoleARN", TextRule.ROLE_ARN);
        fields.passOver("DeliveryStartTimestamp");
        fields.done();
        return streamArn == null
                ? null
                : new KinesisStreamSource(fields.path(), streamArn, roleArn);
    }

    /** Reads the one destination out of the fields that hold it under its own name. */
    private static Destination destination(Fields fields, String suffix) {
        for (String other : OTHER_DESTINATIONS) {
            fields.notBuilt(other + suffix, ONLY_S3);
        }
        String extendedName = "ExtendedS3Destination" + suffix;
        String plainName = "S3Destination" + suffix;
        if (fields.has(ICEBERG + suffix)) {
            return iceberg(fields, suffix, List.of(extendedName, plainName, REDSHIFT + suffix));
        }
        if (fields.has(REDSHIFT + suffix)) {
            return redshift(fields, suffix, List.of(extendedName, plainName));
        }
        Fields extended = fields.object(extendedName);
        Fields plain = fields.object(plainName);
        if (extended == null) {
            if (plain != null) {
                return Destination.of(S3DestinationReader.read(plain, false));
            }
            boolean isAnotherThere =
                    OTHER_DESTINATIONS.stream().anyMatch(other -> fields.has(other + suffix));
            if (!isAnotherThere && !fields.has(extendedName) && !fields.has(plainName)) {
                fields.problem(extendedName, "is missing; without it there is nowhere to deliver");
            }
            return null;
        }
        // A description shows an extended destination a second time in the older form.
        if (plain != null && suffix.equals("Configuration")) {
            fields.problem(plainName, "stands beside " + extendedName + "; give one of them");
        }
        return Destination.of(S3DestinationReader.read(extended, true));
    }

    private static Destination iceberg(Fields fields, String suffix, List<String> others) {
        refuseBeside(fields, ICEBERG + suffix, others);
        Fields iceberg = fields.object(ICEBERG + suffix);
        IcebergDestinationReader.Read read =
                iceberg == null ? null : IcebergDestinationReader.read(iceberg, suffix);
        return read == null ? null : new Destination(read.failures(), read.tables(), null);
    }

    private static Destination redshift(Fields fields, String suffix, List<String> others) {
        refuseBeside(fields, REDSHIFT + suffix, others);
        Fields redshift = fields.object(REDSHIFT + suffix);
        RedshiftDestinationReader.Read read =
                redshift == null ? null : RedshiftDestinationReader.read(redshift, suffix);
        return read == null ? null : new Destination(read.staging(), null, read.table());
    }

    private static void refuseBeside(Fields fields, String name, List<String> others) {
        for (String other : others) {
            if (fields.has(other)) {
                fields.problem(other, "stands beside " + name + "; give one of them");
                fields.passOver(other);
            }
        }
    }

    private static FirehoseDelivery delivery(
            String path,
            String name,
            String version,
            KinesisStreamSource source,
            Destination destination) {
        return name == null || source == null || destination == null
                ? null
                : new FirehoseDelivery(
                        path,
                        name,
                        version,
                        source,
                        destination.s3(),
                        destination.iceberg(),
                        destination.redshift());
    }
}
