package io.hydrant.localstack.fakes.kinesis;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.Iterator;
import java.util.Set;

/**
 * The members of a request, read strictly: one that the action does not have, a missing one that it
 * needs, or a value out of its range is an error, so that a client's mistake shows in a test.
 */
final class Members {

    private static final String NAME_PATTERN = "[a-zA-Z0-9_.-]{1,128}";

    private final WireFormat format;
    private final JsonNode node;

    Members(WireFormat format, JsonNode node, String action, Set<String> known) {
        if (!node.isObject()) {
            throw KinesisError.serialization(action + " needs an object");
        }
        this.format = format;
        this.node = node;
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw KinesisError.validation(action + " has no member " + name);
            }
        }
    }

    boolean has(String member) {
        return node.hasNonNull(member);
    }

    /** A text, or null. */
    String text(String member) {
        JsonNode value = node.get(member);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw KinesisError.serialization(member + " must be a string");
        }
        return value.textValue();
    }

    String requiredText(String member, int maxLength) {
        String value = text(member);
        require(member, value);
        if (value.isEmpty() || value.codePointCount(0, value.length()) > maxLength) {
            throw KinesisError.validation(
                    violation(member, value, "Member must have length between 1 and " + maxLength));
        }
        return value;
    }

    /** The name of a stream or shard, or null. */
    String name(String member) {
        String value = text(member);
        if (value != null && !value.matches(NAME_PATTERN)) {
            throw KinesisError.validation(
                    violation(
                            member,
                            value,
                            "Member must satisfy regular expression pattern: " + NAME_PATTERN));
        }
        return value;
    }

    String requiredName(String member) {
        String value = name(member);
        require(member, value);
        return value;
    }

    int integer(String member, int least, int most, int otherwise) {
        JsonNode value = node.get(member);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber()) {
            throw KinesisError.serialization(member + " must be an integer");
        }
        if (value.longValue() < least || value.longValue() > most) {
            throw KinesisError.validation(
                    violation(
                            member,
                            value.asText(),
                            "Member must have value between " + least + " and " + most));
        }
        return value.intValue();
    }

    byte[] requiredBlob(String member) {
        JsonNode value = node.get(member);
        require(member, value);
        try {
            byte[] bytes = value.binaryValue();
            if (bytes != null) {
                return bytes;
            }
        } catch (IOException ignored) {
            // Not base64: said below.
        }
        throw KinesisError.serialization(member + " must be a blob");
    }

    long requiredMillis(String member) {
        JsonNode value = node.get(member);
        require(member, value);
        if (!value.isNumber()) {
            throw KinesisError.serialization(member + " must be a timestamp");
        }
        return format.toMillis(value.doubleValue());
    }

    /** An object among the members, or null. */
    Members object(String member, Set<String> known) {
        JsonNode value = node.get(member);
        return value == null || value.isNull() ? null : new Members(format, value, member, known);
    }

    /** A list of objects. */
    JsonNode requiredList(String member, int mostEntries) {
        JsonNode value = node.get(member);
        require(member, value);
        if (!value.isArray()) {
            throw KinesisError.serialization(member + " must be a list");
        }
        if (value.isEmpty() || value.size() > mostEntries) {
            throw KinesisError.validation(
                    violation(
                            member,
                            value.size() + " entries",
                            "Member must have length between 1 and " + mostEntries));
        }
        return value;
    }

    Members entry(JsonNode entry, String of, Set<String> known) {
        return new Members(format, entry, of, known);
    }

    static String violation(String member, String value, String constraint) {
        return "1 validation error detected: Value '"
                + value
                + "' at '"
                + member
                + "' failed to satisfy constraint: "
                + constraint;
    }

    private static void require(String member, Object value) {
        if (value == null) {
            throw KinesisError.validation(violation(member, "null", "Member must not be null"));
        }
    }
}
