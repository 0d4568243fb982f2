package io.hydrant.jobs.gateway.plain;

import io.hydrant.jobs.gateway.api.ServiceError;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Which partition keys the records of a request get. Immutable. */
final class PartitionKeys {

    /** Keys that are drawn, so that all shards get as much. */
    static final PartitionKeys DRAWN = new PartitionKeys(null, null);

    private static final int MAX_CHARACTERS = 256;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String fixed;
    private final JsonPointer field;

    private PartitionKeys(String fixed, JsonPointer field) {
        this.fixed = fixed;
        this.field = field;
    }

    /**
     * The same for all.
     *
     * @param where it came from
     * @throws ServiceError where it cannot be one
     */
    static PartitionKeys fixed(String key, String where) {
        if (!fits(key)) {
            throw bad(
                    "The partition key of "
                            + where
                            + " has "
                            + key.codePointCount(0, key.length())
                            + " characters; it must have 1 to "
                            + MAX_CHARACTERS);
        }
        return new PartitionKeys(key, null);
    }

    /**
     * What stands in a field of each record, which then is JSON.
     *
     * @param path name of a field, or a JSON pointer (RFC 6901) such as {@code /user/id}
     * @throws ServiceError where it is none
     */
    static PartitionKeys ofField(String path) {
        if (path.isEmpty()) {
            throw bad(
                    "partition-key-field is empty; give the name of a field, or a JSON pointer such as"
                            + " /user/id");
        }
        return new PartitionKeys(
                null,
                path.startsWith("/")
                        ? JsonPointer.compile(path)
                        : JsonPointer.empty().appendProperty(path));
    }

    /**
     * The key of each record, null for each that is to be drawn.
     *
     * @throws ServiceError naming the records that have none
     */
    List<String> of(BodyRecords records) {
        List<String> keys = new ArrayList<>(records.count());
        NumberRanges without = new NumberRanges();
        for (int i = 0; i < records.count(); i++) {
            String key = field == null ? fixed : found(records.data(i));
            if (field != null && (key == null || !fits(key))) {
                without.add(i, records.number(i));
            }
            keys.add(key);
        }
        if (!without.isEmpty()) {
            throw bad(
                    "These records have no text of 1 to "
                            + MAX_CHARACTERS
                            + " characters, number or boolean at "
                            + field
                            + ": "
                            + without
                            + ". Nothing of the request was put");
        }
        return keys;
    }

    private String found(byte[] record) {
        try {
            JsonNode root = JSON.readTree(record);
            JsonNode value = root == null ? null : root.at(field);
            return value == null || !value.isValueNode() || value.isNull() ? null : value.asText();
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean fits(String key) {
        return !key.isEmpty() && key.codePointCount(0, key.length()) <= MAX_CHARACTERS;
    }

    private static ServiceError bad(String message) {
        return ServiceError.ofCaller("BadPartitionKey", message);
    }
}
