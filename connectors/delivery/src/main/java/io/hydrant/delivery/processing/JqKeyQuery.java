package io.hydrant.delivery.processing;

import io.hydrant.delivery.deadletter.ErrorOutputType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evaluates any jq 1.6 query on the tree of a record. */
final class JqKeyQuery implements KeyQuery {

    static final String CODE = "DynamicPartitioning.MetadataExtractionFailed";

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Scope FUNCTIONS = functions();

    private final JsonQuery query;
    private final Set<String> keys;

    private JqKeyQuery(JsonQuery query, Set<String> keys) {
        this.query = query;
        this.keys = keys;
    }

    /**
     * The query, ready to use.
     *
     * @param keys its keys where they are known, else null
     * @throws IllegalArgumentException if it is no jq
     */
    static JqKeyQuery compile(String query, Set<String> keys) {
        try {
            JsonQuery compiled = JsonQuery.compile(query, Versions.JQ_1_6);
            String definitions = JqDefinitions.neededBy(query, FUNCTIONS);
            return new JqKeyQuery(
                    definitions.isEmpty()
                            ? compiled
                            : JsonQuery.compile(definitions + query, Versions.JQ_1_6),
                    keys);
        } catch (JsonQueryException e) {
            throw notJq(query, e.getCause() == null ? e : e.getCause());
        } catch (IllegalArgumentException e) {
            throw notJq(query, e);
        }
    }

    private static IllegalArgumentException notJq(String query, Throwable reason) {
        return new IllegalArgumentException(
                "'"
                        + query
                        + "' is no query of jq 1.6: "
                        + String.valueOf(reason.getMessage()).lines().findFirst().orElse(""),
                reason);
    }

    @Override
    public Map<String, String> keysOf(Bytes record) throws ProcessingException {
        JsonNode root;
        try {
            root = MAPPER.readTree(record.array(), record.offset(), record.length());
        } catch (IOException e) {
            throw notJson();
        }
        if (root.isMissingNode()) {
            throw notJson();
        }
        return keysOf(root);
    }

    private Map<String, String> keysOf(JsonNode root) throws ProcessingException {
        List<JsonNode> results = new ArrayList<>(1);
        try {
            query.apply(Scope.newChildScope(FUNCTIONS), root, results::add);
        } catch (JsonQueryException e) {
            throw failed("The query failed: " + firstLine(e));
        } catch (RuntimeException | StackOverflowError e) {
            throw failed("The query failed: " + e);
        }
        if (results.size() != 1 || !results.get(0).isObject()) {
            throw failed(
                    "The query must make one object of a record, but made "
                            + (results.size() == 1
                                    ? results.get(0).getNodeType()
                                    : results.size() + " results"));
        }
        Map<String, String> values = new HashMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> fields = results.get(0).fields();
                fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (field.getValue().isContainerNode()) {
                throw failed(
                        "The key "
                                + field.getKey()
                                + " is "
                                + field.getValue().getNodeType()
                                + ", not a text or a number");
            }
            String text = KeyText.of(field.getValue());
            if (text != null) {
                values.put(field.getKey(), text);
            }
        }
        return values;
    }

    @Override
    public Set<String> keys() {
        return keys;
    }

    static ProcessingException notJson() {
        return failed("Non JSON record provided");
    }

    static ProcessingException failed(String message) {
        return new ProcessingException(ErrorOutputType.METADATA_EXTRACTION_FAILED, CODE, message);
    }

    private static String firstLine(JsonProcessingException e) {
        return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    }

    private static Scope functions() {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
        JqDates.addTo(scope);
        JqTexts.addTo(scope);
        return scope;
    }
}
