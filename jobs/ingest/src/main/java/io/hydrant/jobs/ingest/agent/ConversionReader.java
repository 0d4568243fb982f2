package io.hydrant.jobs.ingest.agent;

import io.hydrant.jobs.ingest.convert.AddBrackets;
import io.hydrant.jobs.ingest.convert.AddEc2Metadata;
import io.hydrant.jobs.ingest.convert.AddMetadata;
import io.hydrant.jobs.ingest.convert.Conversion;
import io.hydrant.jobs.ingest.convert.CsvToJson;
import io.hydrant.jobs.ingest.convert.Imds;
import io.hydrant.jobs.ingest.convert.JsonLayout;
import io.hydrant.jobs.ingest.convert.LogFormat;
import io.hydrant.jobs.ingest.convert.LogToJson;
import io.hydrant.jobs.ingest.convert.SingleLine;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code dataProcessingOptions}. */
final class ConversionReader {

    private static final String NAME = "optionName";
    private static final String FIELDS = "customFieldNames";

    private enum Option {
        SINGLELINE,
        CSVTOJSON,
        LOGTOJSON,
        ADDMETADATA,
        ADDBRACKETS,
        ADDEC2METADATA,
        USINGPLUGGIN
    }

    private ConversionReader() {}

    static List<Conversion> read(AgentFields flow) {
        List<Conversion> conversions = new ArrayList<>();
        for (AgentFields fields : flow.objects("dataProcessingOptions")) {
            fields.required(NAME);
            Option option = fields.choice(NAME, Option.class, null);
            if (option == null) {
                continue;
            }
            Conversion conversion = one(option, fields);
            if (conversion != null) {
                conversions.add(conversion);
            }
            if (option != Option.USINGPLUGGIN) {
                fields.done();
            }
        }
        return conversions;
    }

    private static Conversion one(Option option, AgentFields fields) {
        return switch (option) {
            case SINGLELINE -> singleLine(fields);
            case CSVTOJSON -> csv(fields);
            case LOGTOJSON -> log(fields);
            case ADDMETADATA -> metadata(fields);
            case ADDBRACKETS -> new AddBrackets();
            case ADDEC2METADATA -> ec2Metadata(fields);
            case USINGPLUGGIN ->
                    fields.refuse(
                            NAME,
                            "USINGPLUGGIN loads classes made for the agent, which this is not;"
                                    + " convert records behind the stream, in SQL or with a function");
        };
    }

    private static Conversion singleLine(AgentFields fields) {
        List<String> options = fields.texts("parseOptions");
        if (options == null) {
            return new SingleLine(true, false);
        }
        for (String each : options) {
            if (!each.equals("NO_TRIM") && !each.equals("ESCAPE_NEW_LINE")) {
                fields.refuse(
                        "parseOptions", "'" + each + "' is not allowed; NO_TRIM, ESCAPE_NEW_LINE");
            }
        }
        return new SingleLine(!options.contains("NO_TRIM"), options.contains("ESCAPE_NEW_LINE"));
    }

    private static Conversion csv(AgentFields fields) {
        List<String> names = fields.texts(FIELDS);
        if (names == null || names.isEmpty()) {
            fields.refuse(FIELDS, "is missing; CSVTOJSON needs the names of the columns");
        }
        Pattern delimiter = fields.pattern("delimiter");
        JsonLayout layout = layout(fields);
        return names == null
                ? null
                : new CsvToJson(
                        names, delimiter == null ? Pattern.compile(",") : delimiter, layout);
    }

    private static Conversion log(AgentFields fields) {
        fields.required("logFormat");
        LogFormat format = fields.choice("logFormat", LogFormat.class, null);
        Pattern pattern = fields.pattern("matchPattern");
        List<String> names = fields.texts(FIELDS);
        JsonLayout layout = layout(fields);
        if (pattern != null && names == null) {
            return fields.refuse(FIELDS, "is missing; matchPattern needs a name for each group");
        }
        if (format == null) {
            return null;
        }
        try {
            return LogToJson.of(format, pattern, names, layout);
        } catch (IllegalArgumentException e) {
            return fields.refuse(FIELDS, e.getMessage());
        }
    }

    private static Conversion metadata(AgentFields fields) {
        JsonNode metadata = fields.value("metadata");
        return new AddMetadata(
                metadata == null ? "null" : metadata.toString(),
                fields.flag("timestamp", false),
                layout(fields));
    }

    private static Conversion ec2Metadata(AgentFields fields) {
        // The agent wants these and does nothing with them.
        fields.choice("logFormat", LogFormat.class, null);
        fields.pattern("matchPattern");
        fields.texts(FIELDS);
        return new AddEc2Metadata(
                Duration.ofSeconds(fields.number("metadataTTL", 3600, 1, Integer.MAX_VALUE)),
                layout(fields),
                new Imds());
    }

    private static JsonLayout layout(AgentFields fields) {
        return fields.choice("jsonFormat", JsonLayout.class, JsonLayout.COMPACT);
    }
}
