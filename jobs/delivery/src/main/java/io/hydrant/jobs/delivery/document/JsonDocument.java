package io.hydrant.jobs.delivery.document;

import io.hydrant.core.text.ByteOrderMark;
import io.hydrant.template.GivenText;
import io.hydrant.template.YamlText;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON object with the values that were put into it afterwards, and who put each there.
 *
 * <p>Reading is strict: a key twice and anything behind the object are errors, for either is a
 * mistake of the kind that one only finds when data is already at the wrong place.
 */
public final class JsonDocument {

    private static final String OF_SERVERLESS =
            "is the source of the Serverless Framework, not what comes of it; give the template that 'serverless package' writes, .serverless/cloudformation-template-update-stack.json";

    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final ObjectNode root;
    private final Map<String, String> givenBy = new LinkedHashMap<>();

    private final Set<String> taken;

    private JsonDocument(ObjectNode root) {
        this(root, Set.of());
    }

    private JsonDocument(ObjectNode root, Set<String> taken) {
        this.root = root;
        this.taken = Set.copyOf(taken);
    }

    /** A document without a field, to be filled by {@link #set}. */
    public static JsonDocument empty() {
        return new JsonDocument(NODES.objectNode());
    }

    /**
     * Reads a document, or the delivery stream in a template of CloudFormation, of JSON or YAML.
     *
     * @param name what to call it in a message, such as its file name; where it ends with .yaml,
     *     .yml or .template it may be YAML
     * @throws InvalidConfigurationException with line and column, if it is not one object, or if a
     *     template has not exactly one delivery stream
     */
    public static JsonDocument parse(String name, String text) {
        return parse(name, text, Map.of());
    }

    /**
     * Reads a document as {@link #parse(String, String)} does, or the delivery stream in what
     * terraform shows.
     *
     * @param settings what is set over it; the parameters of a template among it, {@code
     *     Parameters.NAME}, and which of several delivery streams is meant, {@code Resource}, are
     *     taken up here
     */
    public static JsonDocument parse(String name, String text, Map<String, String> settings) {
        String problem;
        String content = ByteOrderMark.skip(text);
        boolean isYaml = YamlText.is(name, content);
        try {
            JsonNode node = isYaml ? YamlText.read(content) : MAPPER.readTree(content);
            if (node instanceof ObjectNode object) {
                return of(name, object, settings);
            }
            problem =
                    isYaml
                            ? "is not an object of YAML; its lines are Field: value"
                            : "is not a JSON object; it must begin with {";
        } catch (IllegalArgumentException e) {
            problem = e.getMessage();
        } catch (JsonProcessingException e) {
            if (TerraformStream.isSource(name, content)) {
                throw new InvalidConfigurationException(name, List.of(TerraformStream.WAY_OUT));
            }
            // A value that lacks its quotes may be a secret; the location says which one it is.
            JsonLocation at = e.getLocation();
            problem =
                    "is not JSON"
                            + (at == null
                                    ? ""
                                    : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                            + ": "
                            + e.getOriginalMessage().replaceAll("token '[^']*'", "token");
        }
        throw new InvalidConfigurationException(name, List.of(problem));
    }

    private static JsonDocument of(String name, ObjectNode object, Map<String, String> settings) {
        boolean isTemplate = StackTemplate.is(object);
        if (!isTemplate && !TerraformStream.is(object)) {
            if (object.has("service") && object.has("provider")) {
                throw new InvalidConfigurationException(name, List.of(OF_SERVERLESS));
            }
            return new JsonDocument(object);
        }
        String resource = settings.get(ChosenResource.SETTING);
        Set<String> taken = new HashSet<>(Set.of(ChosenResource.SETTING));
        if (!isTemplate) {
            return new JsonDocument(TerraformStream.read(name, object, resource), taken);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        settings.forEach(
                (key, value) -> {
                    if (key.startsWith(StackTemplate.PARAMETER)) {
                        parameters.put(key.substring(StackTemplate.PARAMETER.length()), value);
                        taken.add(key);
                    }
                });
        return new JsonDocument(
                StackTemplate.deliveryStream(name, object, parameters, resource), taken);
    }

    /** Whether a setting was taken up when the document was read, and so is none of its fields. */
    public boolean hasTaken(String key) {
        return taken.contains(key);
    }

    /**
     * Puts a value over the document's own.
     *
     * @param path where, such as {@code
     *     ExtendedS3DestinationConfiguration.BufferingHints.SizeInMBs} ; in the output of
     *     describe-delivery-stream the paths of CreateDeliveryStream do as well
     * @param value the value, read as what belongs at that place; a JSON object or array stays one
     * @param origin who says so, such as {@code --set}
     */
    public void set(String path, String value, String origin, Problems problems) {
        String here = FirehoseForm.of(root).translate(path);
        DocumentPath parsed = DocumentPath.parse(here);
        String problem =
                parsed == null
                        ? "is not a path; it looks like Prefix or Destinations[0].DestinationId"
                        : parsed.put(root, given(value));
        if (problem != null) {
            problems.add(origin + " " + path, problem);
        } else {
            givenBy.put(here, origin);
        }
    }

    /** Where the value at a path comes from: the path itself, behind whoever put it there. */
    public String originOf(String path) {
        String origin = givenBy.get(path);
        return origin == null ? path : origin + " " + path;
    }

    ObjectNode root() {
        return root;
    }

    private static JsonNode given(String value) {
        JsonNode parsed = valueOrNull(value);
        return parsed != null && parsed.isContainerNode() ? parsed : new GivenText(value).asNode();
    }

    /** A JSON value in a text, or null where the text is none. */
    static JsonNode valueOrNull(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
