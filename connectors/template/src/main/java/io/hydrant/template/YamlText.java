package io.hydrant.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads YAML as the JSON that says the same: what {@code aws firehose create-delivery-stream
 * --cli-input-yaml} takes, or a template of CloudFormation with its functions in the short form,
 * such as {@code !GetAtt Role.Arn}. Strict: a key twice is an error.
 *
 * <p>Source: CloudFormation user guide, "Template format" and "Intrinsic function reference".
 */
public final class YamlText {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern FILE_NAME = Pattern.compile(".*\\.(ya?ml|template)");
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)\\.[0-9]+");
    private static final Set<String> TRUE = Set.of("true", "yes", "on");
    private static final List<String> WITHOUT_PREFIX = List.of("Ref", "Condition");
    private static final String GET_ATT = "GetAtt";

    /** A node that refers to itself is deeper than any document. */
    private static final int DEEPEST = 100;

    private static final int LONGEST_SHOWN = 80;

    private YamlText() {}

    /** Whether a text is YAML; JSON is, but its own reader knows better what is wrong with it. */
    public static boolean is(String name, String text) {
        return FILE_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches()
                && !text.stripLeading().startsWith("{");
    }

    /**
     * The document as JSON; null where it is empty.
     *
     * @throws IllegalArgumentException saying what is wrong, and where
     */
    public static JsonNode read(String text) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            return root == null ? null : json(root, 0);
        } catch (MarkedYAMLException e) {
            throw wrong(e.getProblemMark(), String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            throw wrong(null, e.getMessage());
        }
    }

    private static JsonNode json(Node node, int depth) {
        if (depth > DEEPEST) {
            throw wrong(node.getStartMark(), "it is deeper than " + DEEPEST + " levels");
        }
        String tag = node.getTag().getValue();
        if (!tag.startsWith("!") || tag.equals("!")) {
            return untagged(node, depth);
        }
        String function = tag.substring(1);
        JsonNode argument = untagged(node, depth);
        if (function.equals(GET_ATT) && argument.isTextual()) {
            argument = nameAndAttribute(argument.textValue());
        }
        return NODES.objectNode()
                .set(WITHOUT_PREFIX.contains(function) ? function : "Fn::" + function, argument);
    }

    private static JsonNode nameAndAttribute(String text) {
        ArrayNode both = NODES.arrayNode();
        for (String part : text.split("\\.", 2)) {
            both.add(part);
        }
        return both;
    }

    private static JsonNode untagged(Node node, int depth) {
        if (node instanceof MappingNode mapping) {
            return object(mapping, depth);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = NODES.arrayNode();
            sequence.getValue().forEach(element -> array.add(json(element, depth + 1)));
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static ObjectNode object(MappingNode mapping, int depth) {
        ObjectNode object = NODES.objectNode();
        for (NodeTuple field : mapping.getValue()) {
            Mark at = field.getKeyNode().getStartMark();
            if (!(field.getKeyNode() instanceof ScalarNode key)) {
                throw wrong(at, "a key is a text");
            }
            if (key.getTag().equals(Tag.MERGE)) {
                throw wrong(at, "<< is nothing that CloudFormation reads; write the fields out");
            }
            if (object.has(key.getValue())) {
                String shown =
                        key.getValue().length() <= LONGEST_SHOWN
                                ? key.getValue()
                                : key.getValue().substring(0, LONGEST_SHOWN) + "…";
                throw wrong(at, "the key " + NODES.textNode(shown) + " is there twice");
            }
            object.set(key.getValue(), json(field.getValueNode(), depth + 1));
        }
        return object;
    }

    /** Dates, and numbers that JSON writes otherwise, stay texts. */
    private static JsonNode scalar(ScalarNode scalar) {
        String value = scalar.getValue();
        if (!scalar.isPlain()) {
            return NODES.textNode(value);
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return NODES.booleanNode(TRUE.contains(value.toLowerCase(Locale.ROOT)));
        }
        boolean isNumber =
                (scalar.getTag().equals(Tag.INT) && WHOLE.matcher(value).matches())
                        || (scalar.getTag().equals(Tag.FLOAT) && DECIMAL.matcher(value).matches());
        if (isNumber) {
            return number(new BigDecimal(value));
        }
        return NODES.textNode(value);
    }

    private static JsonNode number(BigDecimal number) {
        return number.scale() == 0
                ? NODES.numberNode(number.toBigInteger())
                : NODES.numberNode(number);
    }

    private static IllegalArgumentException wrong(Mark at, String reason) {
        return new IllegalArgumentException(
                "is not YAML"
                        + (at == null
                                ? ""
                                : " at line "
                                        + (at.getLine() + 1)
                                        + ", column "
                                        + (at.getColumn() + 1))
                        + ": "
                        + reason);
    }
}
