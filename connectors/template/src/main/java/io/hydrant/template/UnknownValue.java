package io.hydrant.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;

import java.util.List;

/**
 * A value that a document does not say itself.
 *
 * @param reason what stands in its place, and who would know
 * @param parameters of a template, whose values were needed
 * @param resources what was needed of resources: a name, as Ref has it, or name and attribute
 */
public record UnknownValue(String reason, List<String> parameters, List<String> resources) {

    public UnknownValue {
        parameters = List.copyOf(parameters);
        resources = List.copyOf(resources);
    }

    /** A value that nothing in a template would make known. */
    public UnknownValue(String reason) {
        this(reason, List.of(), List.of());
    }

    static UnknownValue ofFunction(String function, Lacking lacking) {
        return new UnknownValue(
                "is " + function + ", which only CloudFormation resolves",
                List.copyOf(lacking.parameters()),
                List.copyOf(lacking.resources()));
    }

    /** The value as a node of a tree. */
    public JsonNode asNode() {
        return new POJONode(this);
    }

    /** What is not known of a node, or null where it is a value. */
    public static UnknownValue in(JsonNode node) {
        if (node instanceof POJONode pojo && pojo.getPojo() instanceof UnknownValue unknown) {
            return unknown;
        }
        String function = StackValues.functionIn(node);
        return function == null ? null : ofFunction(function, new Lacking());
    }
}
