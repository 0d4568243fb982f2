package io.hydrant.sql.kda.application;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads what an application is connected to: inputs, reference tables and outputs, in the form in
 * which they are created and in the one in which they are described.
 *
 * <p>Source of the rules: API references of kinesisanalytics (2015-08-14) and kinesisanalyticsv2
 * (2018-05-23), {@code Input}, {@code ReferenceDataSource}, {@code Output} and their descriptions.
 */
final class ConnectionReader {

    private static final String DESCRIBED = "Description";
    private static final int MAX_PARALLELISM = 64;
    private static final int MAX_NAME = 32;

    private final List<ApplicationInput> inputs = new ArrayList<>();
    private final List<ReferenceTable> references = new ArrayList<>();
    private final List<ApplicationOutput> outputs = new ArrayList<>();

    private final Replacements replacements;

    ConnectionReader(Replacements replacements) {
        this.replacements = replacements;
    }

    List<ApplicationInput> inputs() {
        return inputs;
    }

    List<ReferenceTable> references() {
        return references;
    }

    List<ApplicationOutput> outputs() {
        return outputs;
    }

    /** Reads the three lists of an application, or of its {@code SqlApplicationConfiguration}. */
    void readLists(Fields fields) {
        for (Fields input : fields.objects(fields.either("Inputs", "InputDescriptions"))) {
            input(input, true);
            input.done();
        }
        referencesAndOutputs(fields, true);
    }

    /**
     * Reads reference tables and outputs.
     *
     * @param connected whether an output must say where it goes
     */
    void referencesAndOutputs(Fields fields, boolean connected) {
        String tables = fields.either("ReferenceDataSources", "ReferenceDataSourceDescriptions");
        for (Fields table : fields.objects(tables)) {
            reference(table);
        }
        for (Fields output : fields.objects(fields.either("Outputs", "OutputDescriptions"))) {
            output(output, connected);
        }
    }

    /**
     * Reads an input.
     *
     * @param connected whether it must say what it reads
     */
    void input(Fields fields, boolean connected) {
        String prefix = fields.required("NamePrefix", 1, MAX_NAME);
        RecordSchema schema = SchemaReader.read(fields.requiredObject("InputSchema"));
        Resource stream = resource(fields, "KinesisStreamsInput", Resource.Service.KINESIS);
        Resource firehose = resource(fields, "KinesisFirehoseInput", Resource.Service.FIREHOSE);
        boolean hasStream = hasResource(fields, "KinesisStreamsInput");
        boolean hasFirehose = hasResource(fields, "KinesisFirehoseInput");
        if (hasStream == hasFirehose && (connected || hasStream)) {
            fields.problem(
                    "", "must have either KinesisStreamsInput or KinesisFirehoseInput, and one");
        }
        Integer parallelism = null;
        Fields count = fields.object("InputParallelism");
        if (count != null) {
            parallelism = count.integer("Count", 1, MAX_PARALLELISM);
            count.done();
        }
        String position = null;
        Fields start = fields.object("InputStartingPositionConfiguration");
        if (start != null) {
            position =
                    start.choice(
                            "InputStartingPosition", "NOW", "TRIM_HORIZON", "LAST_STOPPED_POINT");
            start.done();
        }
        String processor = processor(fields);
        fields.passOver("InputId", "InAppStreamNames");
        if (prefix != null && schema != null) {
            inputs.add(
                    new ApplicationInput(
                            prefix,
                            schema,
                            stream == null ? firehose : stream,
                            processor,
                            parallelism == null ? 1 : parallelism,
                            position));
        }
    }

    private String processor(Fields fields) {
        String name = "InputProcessingConfiguration";
        Fields processing = fields.object(fields.either(name, name + DESCRIBED));
        if (processing == null) {
            return null;
        }
        Resource lambda = resource(processing, "InputLambdaProcessor", Resource.Service.LAMBDA);
        if (lambda == null) {
            processing.problem("InputLambdaProcessor", "is missing");
        }
        processing.done();
        return lambda == null ? null : lambda.arn();
    }

    private void reference(Fields fields) {
        String name = fields.required("TableName", 1, MAX_NAME);
        RecordSchema schema = SchemaReader.read(fields.requiredObject("ReferenceSchema"));
        String file = fields.text("File", 1, 4096);
        String bucket = null;
        String key = null;
        String source = "S3ReferenceDataSource";
        Fields s3 = fields.object(fields.either(source, source + DESCRIBED));
        if (s3 != null) {
            String arn =
                    s3.shaped(
                            "BucketARN",
                            "arn:[^:]+:s3:::[A-Za-z0-9.\\-_]{3,255}",
                            "arn:aws:s3:::<bucket>");
            bucket = arn == null ? null : arn.substring(arn.lastIndexOf(':') + 1);
            key = s3.required("FileKey", 1, 1024);
            s3.passOver("ReferenceRoleARN");
            if (!s3.has("BucketARN")) {
                s3.problem("BucketARN", "is missing");
            }
            s3.done();
        }
        fields.passOver("ReferenceId");
        fields.done();
        if ((file == null) == (s3 == null)) {
            fields.problem(
                    "",
                    "must say where the table is: S3ReferenceDataSource, or File for a file beside"
                            + " the document, and one of them");
        } else if (name != null && schema != null) {
            references.add(new ReferenceTable(name, schema, file, bucket, key));
        }
    }

    private void output(Fields fields, boolean connected) {
        String name = fields.required("Name", 1, MAX_NAME);
        Resource destination = null;
        int destinations = 0;
        for (Resource.Service service : Resource.Service.values()) {
            String field =
                    switch (service) {
                        case KINESIS -> "KinesisStreamsOutput";
                        case FIREHOSE -> "KinesisFirehoseOutput";
                        case LAMBDA -> "LambdaOutput";
                    };
            if (hasResource(fields, field)) {
                destinations++;
                destination = resource(fields, field, service);
            }
        }
        if (destinations > 1 || (connected && destinations == 0)) {
            fields.problem(
                    "",
                    "must have KinesisStreamsOutput, KinesisFirehoseOutput or LambdaOutput, and"
                            + " one of them");
        }
        String format = "JSON";
        Fields schema = fields.object("DestinationSchema");
        if (schema != null) {
            String given = schema.choice("RecordFormatType", "JSON", "CSV");
            format = given == null ? format : given;
            schema.done();
        }
        fields.passOver("OutputId");
        fields.done();
        if (name != null) {
            outputs.add(new ApplicationOutput(name, destination, format));
        }
    }

    private static boolean hasResource(Fields fields, String name) {
        return fields.has(fields.either(name, name + DESCRIBED));
    }

    /** The resource that a field or its description names, or null. */
    private Resource resource(Fields fields, String name, Resource.Service service) {
        Fields resource = fields.object(fields.either(name, name + DESCRIBED));
        if (resource == null) {
            return null;
        }
        String arn =
                resource.shaped(
                        "ResourceARN",
                        service.form(),
                        "an ARN of "
                                + (service == Resource.Service.KINESIS
                                        ? "a Kinesis stream"
                                        : service == Resource.Service.FIREHOSE
                                                ? "a delivery stream"
                                                : "a Lambda function"));
        if (!resource.has("ResourceARN")) {
            resource.problem("ResourceARN", "is missing");
        }
        resource.passOver("RoleARN");
        resource.done();
        return arn == null ? null : replacements.of(new Resource(service, arn));
    }
}
