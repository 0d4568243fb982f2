package io.hydrant.jobs.ingest.agent;

import io.hydrant.core.options.NearestName;
import io.hydrant.core.options.OptionCatalog;
import io.hydrant.kinesis.sink.KinesisSinkOptions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The fields of one object of the agent's file. What is wrong is noted and reads as if it was not
 * there, so that reading goes on to the next problem. Numbers may be texts, as the agent takes
 * them.
 */
final class AgentFields {

    /** What a flow may say of its own sink. */
    private static final OptionCatalog FLOW_OPTIONS = OptionCatalog.of(KinesisSinkOptions.class);

    /** What people write beside the flows or into a conversion, where the agent passes over it. */
    private static final Set<String> OF_FLOWS =
            Set.of(
                    "dataProcessingOptions",
                    "initialPosition",
                    "maxBufferAgeMillis",
                    "maxBufferSizeBytes",
                    "maxBufferSizeRecords",
                    "minTimeBetweenFilePollsMillis",
                    "multiLineStartPattern",
                    "partitionKeyOption",
                    "skipHeaderLines",
                    "truncatedRecordTerminator");

    private final String path;
    private final ObjectNode node;
    private final List<String> problems;
    private final List<String> notices;
    private final List<String> strangers;
    private final Set<String> known = new TreeSet<>();

    /**
     * The fields of an object.
     *
     * @param strangers takes what is said of fields that are none; whether those are problems is
     *     for the whole file to say
     */
    AgentFields(
            String path,
            ObjectNode node,
            List<String> problems,
            List<String> notices,
            List<String> strangers) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        this.notices = notices;
        this.strangers = strangers;
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** A field's value, or null where it is not there or null. */
    JsonNode value(String name) {
        known.add(name);
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** A field's text, or null; an empty one is as none, as in the file that the agent ships. */
    String text(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isValueNode()) {
            return refuse(name, "is not a text");
        }
        return value == null || value.asText().isEmpty() ? null : value.asText();
    }

    /** A field's text; noted where it is missing. */
    String required(String name) {
        String text = text(name);
        if (text == null && problems.stream().noneMatch(each -> each.startsWith(path(name)))) {
            refuse(name, "is missing");
        }
        return text;
    }

    /** A field's whole number. */
    long number(String name, long otherwise, long least, long most) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the message, which says what would be right.
        }
        refuse(name, "'" + text + "' is not allowed; a whole number from " + least + " to " + most);
        return otherwise;
    }

    /** A field's truth. */
    boolean flag(String name, boolean otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.equals("true") && !lower.equals("false")) {
            refuse(name, "'" + text + "' is not allowed; true or false");
            return otherwise;
        }
        return lower.equals("true");
    }

    /** A field that is one of some words. */
    <E extends Enum<E>> E choice(String name, Class<E> words, E otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(text)) {
                return word;
            }
        }
        refuse(name, "'" + text + "' is not allowed; " + Arrays.toString(words.getEnumConstants()));
        return otherwise;
    }

    /** A field that is a regular expression, or null. */
    Pattern pattern(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            return refuse(name, "'" + text + "' is no regular expression: " + e.getDescription());
        }
    }

    /** The texts of a field that is an array, or null. */
    List<String> texts(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : value) {
            texts.add(each.asText());
        }
        return value.isArray() ? texts : refuse(name, "is not an array of texts");
    }

    /** The texts, numbers and truths of a field that is an object; none where it is not there. */
    Map<String, String> map(String name) {
        JsonNode value = value(name);
        Map<String, String> map = new LinkedHashMap<>();
        if (value == null) {
            return map;
        }
        if (!value.isObject()) {
            refuse(name, "is not an object");
            return map;
        }
        value.fields()
                .forEachRemaining(
                        field -> {
                            if (field.getValue().isValueNode()) {
                                map.put(field.getKey(), field.getValue().asText());
                            } else {
                                refuse(name + "." + field.getKey(), "is not a text");
                            }
                        });
        return map;
    }

    /** The options of a {@code Hydrant} object of a flow; those that are wrong are refused. */
    Map<String, String> options() {
        Map<String, String> options = map(AgentDocument.HYDRANT);
        options.entrySet()
                .removeIf(
                        option -> {
                            String problem = FLOW_OPTIONS.problemWith(option.getKey());
                            if (problem == null) {
                                problem = problemWithValue(option.getKey(), option.getValue());
                            }
                            if (problem != null) {
                                refuse(AgentDocument.HYDRANT, problem);
                            }
                            return problem != null;
                        });
        return options;
    }

    private static String problemWithValue(String key, String value) {
        Configuration tried = new Configuration();
        tried.setString(key, value);
        try {
            tried.get(FLOW_OPTIONS.options().get(key));
            return null;
        } catch (IllegalArgumentException e) {
            return key + ": '" + value + "' is not allowed; " + FLOW_OPTIONS.allowedValues(key);
        }
    }

    /** The objects of a field that is an array; none where it is not there. */
    List<AgentFields> objects(String name) {
        JsonNode value = value(name);
        List<AgentFields> objects = new ArrayList<>();
        if (value == null) {
            return objects;
        }
        if (!value.isArray()) {
            refuse(name, "is not an array");
            return objects;
        }
        for (int i = 0; i < value.size(); i++) {
            if (value.get(i) instanceof ObjectNode object) {
                objects.add(
                        new AgentFields(
                                path(name) + "[" + i + "]", object, problems, notices, strangers));
            } else {
                refuse(name + "[" + i + "]", "is not an object");
            }
        }
        return objects;
    }

    /** A field that the agent knows and that has nothing to do here; said where it is there. */
    void withoutEffect(String reason, String... names) {
        for (String name : names) {
            if (value(name) != null) {
                notices.add(path(name) + ": has no effect here; " + reason);
            }
        }
    }

    /** A field that the agent knows and that is not done here; refused where it is there. */
    void notBuilt(String wayOut, String... names) {
        for (String name : names) {
            if (value(name) != null) {
                refuse(name, "is the agent's, but not built; " + wayOut);
            }
        }
    }

    <T> T refuse(String name, String problem) {
        problems.add(path(name) + ": " + problem);
        return null;
    }

    /** Takes note of the fields that were never asked for. */
    void done() {
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!known.contains(name)) {
                                strangers.add(path(name) + ": is not a field here" + hint(name));
                            }
                        });
    }

    private String hint(String name) {
        boolean isWithinFlow = path.matches("flows\\[\\d+]");
        return OF_FLOWS.contains(name) && !isWithinFlow
                ? ", but one of a flow, and the agent does not see it here"
                : NearestName.hint(name, known);
    }
}
