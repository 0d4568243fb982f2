package io.hydrant.jobs.delivery.document;

import java.util.List;
import java.util.Map;

/**
 * Reads a {@code ProcessingConfiguration}.
 *
 * <p>Source: Firehose API reference, ProcessingConfiguration, Processor and ProcessorParameter.
 */
final class ProcessingReader {

    private static final List<String> NEWLINES = List.of("\\n", "\n");
    private static final String APPEND_DELIMITER = "AppendDelimiterToRecord";

    private static final List<String> TYPES =
            List.of(
                    APPEND_DELIMITER,
                    "RecordDeAggregation",
                    "Decompression",
                    "CloudWatchLogProcessing",
                    "Lambda",
                    "MetadataExtraction");

    private static final Map<String, String> NOT_BUILT =
            Map.of(
                    "RecordDeAggregation",
                    "aggregates of the Kinesis Producer Library are taken apart in any case",
                    "Decompression",
                    "leave it out",
                    "CloudWatchLogProcessing",
                    "leave it out",
                    "Lambda",
                    "a transform in Java can be given as Hydrant option delivery.transform.class",
                    "MetadataExtraction",
                    "leave it out");

    private static final List<String> PARAMETER_NAMES =
            List.of(
                    "LambdaArn",
                    "NumberOfRetries",
                    "MetadataExtractionQuery",
                    "JsonParsingEngine",
                    "RoleArn",
                    "BufferSizeInMBs",
                    "BufferIntervalInSeconds",
                    "SubRecordType",
                    "Delimiter",
                    "CompressionFormat",
                    "DataMessageExtraction");

    private ProcessingReader() {}

    /** Whether a newline is to follow each record; null where nothing is said. */
    static Boolean appendsDelimiter(Fields processing) {
        Boolean enabled = processing.flag("Enabled");
        List<Fields> processors = processing.objects("Processors");
        processing.done();
        if (!processors.isEmpty() && !processing.has("Enabled")) {
            processing.problem(
                    "Enabled", "is missing; true where the Processors are to work, else false");
        }
        if (!Boolean.TRUE.equals(enabled)) {
            return enabled;
        }
        boolean appends = false;
        for (Fields processor : processors) {
            appends |= isDelimiterAppended(processor);
        }
        return appends;
    }

    private static boolean isDelimiterAppended(Fields processor) {
        processor.require("Type");
        String type = processor.choice("Type", TYPES, List.of());
        List<Fields> parameters = processor.objects("Parameters");
        processor.done();
        if (type == null) {
            return false;
        }
        if (NOT_BUILT.containsKey(type)) {
            processor.problem(
                    "Type",
                    TextRule.quoted(type)
                            + " is valid in Firehose but not built yet; "
                            + NOT_BUILT.get(type));
            return false;
        }
        for (Fields parameter : parameters) {
            readDelimiter(parameter);
        }
        return true;
    }

    private static void readDelimiter(Fields parameter) {
        parameter.require("ParameterName");
        parameter.require("ParameterValue");
        String name = parameter.choice("ParameterName", PARAMETER_NAMES, List.of());
        String value = parameter.text("ParameterValue", TextRule.PROCESSOR_PARAMETER);
        parameter.done();
        if (name != null && !name.equals("Delimiter")) {
            parameter.problem(
                    "ParameterName",
                    TextRule.quoted(name)
                            + " does not go with "
                            + APPEND_DELIMITER
                            + "; Delimiter");
        } else if (value != null && !NEWLINES.contains(value)) {
            parameter.problem(
                    "ParameterValue",
                    TextRule.quoted(value) + " is not built yet as a delimiter; \"\\\\n\"");
        }
    }
}
