package io.hydrant.jobs.ingest.agent;

import io.hydrant.delivery.processing.ProcessingConfig;
import io.hydrant.delivery.transform.TransformConfig;
import io.hydrant.delivery.transform.TransformOptions;
import io.hydrant.delivery.transform.TransformStep;
import io.hydrant.expression.ExpressionConfig;
import io.hydrant.expression.ExpressionOptions;
import io.hydrant.jobs.ingest.restream.KeyChoice;
import io.hydrant.jobs.ingest.restream.RecordFilter;
import io.hydrant.jobs.ingest.restream.RecordKey;
import io.hydrant.jobs.ingest.restream.RouteConfig;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.configuration.Configuration;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a flow from streams to a stream, which the agent does not have. */
final class StreamFlowReader {

    /** What tells such a flow from the agent's. */
    static final String SOURCE = "sourceStream";

    private static final Pattern NAME = Pattern.compile("[\\w.-]{1,128}");
    private static final String TARGET = "kinesisStream";
    private static final String FILTER = "filter";
    static final String SELECT = "select";
    private static final String COLUMNS = "columns";
    static final String CLASS = "transformClass";
    private static final String PARAMETERS = "transformParameters";
    private static final String KEY_OPTION = "partitionKeyOption";
    private static final String KEY_QUERY = "partitionKeyQuery";
    static final String ERRORS = "errorStream";
    static final String FAILED = "failedRecords";

    private enum FailedRecords {
        FAIL,
        DROP
    }

    private StreamFlowReader() {}

    /** The flow, or null where it is not whole; problems say why. */
    static StreamFlow read(AgentFields fields) {
        for (String other : List.of("filePattern", "deliveryStream")) {
            if (fields.value(other) != null) {
                fields.refuse(
                        other, "does not go with " + SOURCE + ", whose records go to a " + TARGET);
            }
        }
        List<String> sources = sources(fields);
        String target = stream(fields, TARGET, fields.required(TARGET));
        String errors = stream(fields, ERRORS, fields.text(ERRORS));
        if (errors != null && errors.equals(target)) {
            fields.refuse(
                    ERRORS, "is " + errors + ", which the flow's records go to; name another");
        }
        if (sources != null && target != null && sources.contains(target)) {
            fields.refuse(TARGET, "is " + target + ", from which the flow reads; name another");
        }
        String name = fields.text("name");
        String filter = filter(fields);
        TransformConfig transform = transform(fields);
        KeyChoice key = key(fields);
        RouteConfig.Failed failed = failed(fields, errors);
        Map<String, String> options = fields.options();
        fields.done();
        if (sources == null || target == null) {
            return null;
        }
        String id = name != null ? name : "kinesis:" + target + ":" + String.join(",", sources);
        return new StreamFlow(
                sources,
                target,
                errors,
                new RouteConfig(id, filter, transform, key, failed),
                options);
    }

    private static List<String> sources(AgentFields fields) {
        List<String> sources =
                fields.value(SOURCE).isArray()
                        ? fields.texts(SOURCE)
                        : List.of(fields.value(SOURCE).asText());
        if (sources.isEmpty()) {
            return fields.refuse(SOURCE, "names no stream");
        }
        if (new HashSet<>(sources).size() < sources.size()) {
            return fields.refuse(SOURCE, sources + " names a stream twice");
        }
        boolean areAllStreams = true;
        for (String source : sources) {
            areAllStreams &= stream(fields, SOURCE, source) != null;
        }
        return areAllStreams ? sources : null;
    }

    /** A name or an ARN; only what is read may be the stream of a table. */
    static String stream(AgentFields fields, String field, String stream) {
        if (stream == null || NAME.matcher(stream).matches()) {
            return stream;
        }
        if (!stream.startsWith("arn:")) {
            return fields.refuse(
                    field,
                    "'"
                            + stream
                            + "' is not the name of a stream; 1 to 128 letters, digits, _, . and -, or its ARN");
        }
        try {
            if (field.equals(SOURCE)) {
                StreamArn.parseReadable(stream);
            } else {
                StreamArn.parse(stream);
            }
            return stream;
        } catch (IllegalArgumentException e) {
            return fields.refuse(field, e.getMessage());
        }
    }

    /** The predicate of a flow, null where it has none. */
    static String filter(AgentFields fields) {
        String filter = fields.text(FILTER);
        if (filter != null) {
            try {
                RecordFilter.compile(filter);
            } catch (IllegalArgumentException e) {
                return fields.refuse(FILTER, e.getMessage());
            }
        }
        return filter;
    }

    /** What is made of each record; {@link TransformConfig#NONE} where that is nothing. */
    static TransformConfig transform(AgentFields fields) {
        String select = fields.text(SELECT);
        String columns = fields.text(COLUMNS);
        String className = fields.text(CLASS);
        Map<String, String> parameters = fields.map(PARAMETERS);
        if (select != null && className != null) {
            fields.refuse(CLASS, "is there beside " + SELECT + "; a flow has one of them");
            return TransformConfig.NONE;
        }
        if (className == null && !parameters.isEmpty()) {
            fields.refuse(PARAMETERS, "is there without " + CLASS + ", which reads it");
        }
        if (className != null) {
            TransformConfig config = new TransformConfig(className, parameters);
            try {
                TransformStep.of(
                        config,
                        ProcessingConfig.NONE,
                        Thread.currentThread().getContextClassLoader());
            } catch (IllegalArgumentException e) {
                refuse(fields, CLASS, TransformOptions.CLASS.key(), e);
            }
            return config;
        }
        Configuration expression = new Configuration();
        if (select != null) {
            expression.set(ExpressionOptions.SELECT, select);
        }
        if (columns != null) {
            expression.set(ExpressionOptions.COLUMNS, columns);
        }
        if (columns != null && select == null) {
            fields.refuse(COLUMNS, "is there without " + SELECT + ", which reads them");
            return TransformConfig.NONE;
        }
        try {
            return ExpressionConfig.from(expression)
                    .map(ExpressionConfig::transform)
                    .orElse(TransformConfig.NONE);
        } catch (IllegalArgumentException e) {
            boolean isOfColumns = e.getMessage().startsWith(ExpressionOptions.COLUMNS.key());
            refuse(
                    fields,
                    isOfColumns ? COLUMNS : SELECT,
                    (isOfColumns ? ExpressionOptions.COLUMNS : ExpressionOptions.SELECT).key(),
                    e);
            return TransformConfig.NONE;
        }
    }

    /** Refuses a field for what is said of the option that it stands for. */
    private static void refuse(
            AgentFields fields, String field, String option, IllegalArgumentException problem) {
        String begin = option + ": ";
        String message = problem.getMessage();
        fields.refuse(
                field, message.startsWith(begin) ? message.substring(begin.length()) : message);
    }

    private static KeyChoice key(AgentFields fields) {
        KeyChoice keep = new KeyChoice(KeyChoice.Option.KEEP, null);
        String query = fields.text(KEY_QUERY);
        KeyChoice.Option option =
                fields.choice(
                        KEY_OPTION,
                        KeyChoice.Option.class,
                        query == null ? KeyChoice.Option.KEEP : KeyChoice.Option.QUERY);
        if (option != KeyChoice.Option.QUERY && query != null) {
            fields.refuse(
                    KEY_QUERY,
                    "does not go with the "
                            + KEY_OPTION
                            + " "
                            + option
                            + "; leave one of them out");
            return keep;
        }
        if (option == KeyChoice.Option.QUERY && query == null) {
            fields.refuse(
                    KEY_QUERY,
                    "is missing; the " + KEY_OPTION + " QUERY needs one, such as .customer.id");
            return keep;
        }
        KeyChoice choice = new KeyChoice(option, query);
        try {
            RecordKey.of(choice);
            return choice;
        } catch (IllegalArgumentException e) {
            fields.refuse(KEY_QUERY, e.getMessage());
            return keep;
        }
    }

    /** What becomes of records for which that fails. */
    static RouteConfig.Failed failed(AgentFields fields, String errorStream) {
        FailedRecords failed = fields.choice(FAILED, FailedRecords.class, null);
        if (errorStream != null) {
            if (failed != null) {
                fields.refuse(
                        FAILED, "is there beside " + ERRORS + ", which takes them; leave one out");
            }
            return RouteConfig.Failed.STREAM;
        }
        return failed == FailedRecords.DROP ? RouteConfig.Failed.DROP : RouteConfig.Failed.FAIL;
    }
}
