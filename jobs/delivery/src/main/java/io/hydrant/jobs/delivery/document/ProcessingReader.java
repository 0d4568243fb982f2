package io.hydrant.jobs.delivery.document;

import io.hydrant.delivery.processing.ProcessingConfig;

import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a {@code ProcessingConfiguration}.
 *
 * <p>Source: Firehose API reference, ProcessingConfiguration, Processor and ProcessorParameter. The
 * order of the processors in the document means nothing; they have one of their own.
 */
final class ProcessingReader {

    private static final List<String> NEWLINES = List.of("\\n", "\n");
    private static final String APPEND_DELIMITER = "AppendDelimiterToRecord";
    private static final String DEAGGREGATION = "RecordDeAggregation";
    private static final String DECOMPRESSION = "Decompression";
    private static final String LOGS = "CloudWatchLogProcessing";
    private static final String EXTRACTION = "MetadataExtraction";
    private static final String LAMBDA = "Lambda";

    /** Each type and the parameters that go with it. */
    private static final Map<String, List<String>> PARAMETERS =
            Map.of(
                    APPEND_DELIMITER, List.of("Delimiter"),
                    DEAGGREGATION, List.of("SubRecordType", "Delimiter"),
                    DECOMPRESSION, List.of("CompressionFormat"),
                    LOGS, List.of("DataMessageExtraction"),
                    EXTRACTION, List.of("MetadataExtractionQuery", "JsonParsingEngine"),
                    LAMBDA, LambdaReader.PARAMETERS);

    private static final List<String> TYPES =
            List.of(APPEND_DELIMITER, DEAGGREGATION, DECOMPRESSION, LOGS, LAMBDA, EXTRACTION);

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

    private final Map<String, Fields> processors = new HashMap<>();

    /** By type and name of the parameter; those that are wrong are not here. */
    private final Map<String, Fields> parameters = new HashMap<>();

    /** Every parameter that is there, with a value that can be read or not. */
    private final Set<String> named = new HashSet<>();

    private ProcessingReader() {}

    /** What the configuration asks for. */
    static Processors read(Fields processing) {
        Boolean enabled = processing.flag("Enabled");
        List<Fields> processors = processing.objects("Processors");
        processing.done();
        if (!processors.isEmpty() && !processing.has("Enabled")) {
            processing.problem(
                    "Enabled", "is missing; true where the Processors are to work, else false");
        }
        ProcessingReader reader = new ProcessingReader();
        processors.forEach(reader::add);
        return Boolean.TRUE.equals(enabled)
                ? reader.read()
                : new Processors(enabled, null, null, null, null, null, null);
    }

    private void add(Fields processor) {
        processor.require("Type");
        String type = processor.choice("Type", TYPES, List.of());
        List<Fields> given = processor.objects("Parameters");
        processor.done();
        if (type == null) {
            return;
        }
        if (processors.putIfAbsent(type, processor) != null) {
            processor.problem("Type", TextRule.quoted(type) + " is given twice; once is allowed");
            return;
        }
        for (Fields parameter : given) {
            add(type, parameter);
        }
    }

    private void add(String type, Fields parameter) {
        parameter.require("ParameterName");
        parameter.require("ParameterValue");
        String name = parameter.choice("ParameterName", PARAMETER_NAMES, List.of());
        String value = parameter.text("ParameterValue", ruleOf(name));
        parameter.done();
        named.add(type + name);
        List<String> allowed = PARAMETERS.get(type);
        if (name != null && !allowed.contains(name)) {
            parameter.problem(
                    "ParameterName",
                    TextRule.quoted(name)
                            + " does not go with "
                            + type
                            + "; "
                            + String.join(" or ", allowed));
        } else if (name != null
                && value != null
                && parameters.putIfAbsent(type + name, parameter) != null) {
            parameter.problem("ParameterName", TextRule.quoted(name) + " is given twice");
        }
    }

    private Processors read() {
        readAppendDelimiter();
        Boolean decompression = null;
        if (processors.containsKey(DECOMPRESSION)) {
            decompression = required(DECOMPRESSION, "CompressionFormat", List.of("GZIP")) != null;
        }
        Boolean logMessages = null;
        if (processors.containsKey(LOGS)) {
            String extract = required(LOGS, "DataMessageExtraction", List.of("true", "false"));
            logMessages = extract == null ? null : Boolean.valueOf(extract);
            if (!processors.containsKey(DECOMPRESSION)) {
                processors
                        .get(LOGS)
                        .problem(
                                "Type",
                                "\"CloudWatchLogProcessing\" goes with the processor Decompression only, and there is none");
            }
        }
        String subRecordType = null;
        String delimiter = null;
        if (processors.containsKey(DEAGGREGATION)) {
            subRecordType = required(DEAGGREGATION, "SubRecordType", List.of("JSON", "DELIMITED"));
            delimiter = delimiter(subRecordType);
        }
        return new Processors(
                processors.containsKey(APPEND_DELIMITER),
                decompression,
                logMessages,
                subRecordType,
                delimiter,
                processors.containsKey(EXTRACTION) ? query() : null,
                processors.containsKey(LAMBDA) ? lambda() : null);
    }

    private LambdaProcessor lambda() {
        Map<String, Fields> given = new HashMap<>();
        LambdaReader.PARAMETERS.forEach(name -> given.put(name, parameters.get(LAMBDA + name)));
        if (given.get("LambdaArn") == null) {
            missing(LAMBDA, "LambdaArn", "the ARN of a function");
        }
        return LambdaReader.read(given);
    }

    private void readAppendDelimiter() {
        Fields given = parameters.get(APPEND_DELIMITER + "Delimiter");
        if (given != null && !NEWLINES.contains(value(given))) {
            given.problem(
                    "ParameterValue",
                    TextRule.quoted(value(given)) + " is not built yet as a delimiter; \"\\\\n\"");
        }
    }

    private String delimiter(String subRecordType) {
        Fields given = parameters.get(DEAGGREGATION + "Delimiter");
        if (!"DELIMITED".equals(subRecordType)) {
            if (given != null && subRecordType != null) {
                given.notice("ParameterName", "Delimiter has no effect with SubRecordType JSON");
            }
            return null;
        }
        if (given == null) {
            missing(DEAGGREGATION, "Delimiter", "what stands between records, in base64");
            return null;
        }
        try {
            if (Base64.getDecoder().decode(value(given)).length > 0) {
                return value(given);
            }
        } catch (IllegalArgumentException e) {
            // Said below, together with what is empty.
        }
        given.problem(
                "ParameterValue",
                TextRule.quoted(value(given)) + " is not base64; IyMjIw== stands for ####");
        return null;
    }

    private String query() {
        required(EXTRACTION, "JsonParsingEngine", List.of("JQ-1.6"));
        Fields given = parameters.get(EXTRACTION + "MetadataExtractionQuery");
        if (given == null) {
            missing(EXTRACTION, "MetadataExtractionQuery", "a jq query such as {id: .id}");
            return null;
        }
        try {
            ProcessingConfig.queryKeys(value(given));
            return value(given);
        } catch (IllegalArgumentException e) {
            given.problem("ParameterValue", e.getMessage());
            return null;
        }
    }

    /** The value of a parameter that is one of some words, or null. */
    private String required(String type, String name, List<String> allowed) {
        Fields given = parameters.get(type + name);
        if (given == null) {
            missing(type, name, String.join(" or ", allowed));
            return null;
        }
        return allowed.contains(value(given))
                ? value(given)
                : given.choice("ParameterValue", allowed, List.of());
    }

    private static TextRule ruleOf(String name) {
        if ("LambdaArn".equals(name)) {
            return TextRule.FUNCTION_ARN;
        }
        return "RoleArn".equals(name) ? TextRule.ROLE_ARN : TextRule.PROCESSOR_PARAMETER;
    }

    private void missing(String type, String name, String allowed) {
        if (named.contains(type + name)) {
            // It is there, and what is wrong with it is said.
            return;
        }
        processors
                .get(type)
                .problem("Parameters", "has no " + name + "; " + allowed + " is needed");
    }

    private static String value(Fields parameter) {
        return parameter.text("ParameterValue", TextRule.PROCESSOR_PARAMETER);
    }
}
