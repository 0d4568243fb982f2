package io.hydrant.jobs.delivery.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;

import java.util.List;

/**
 * A value that a document does not say itself.
 *
 * @param reason what stands in its place, and who would know
 * @param ways what could be set so that it were known; empty where only the value itself could
 */
record UnknownValue(String reason, List<String> ways) {

    UnknownValue {
        ways = List.copyOf(ways);
    }

    static UnknownValue ofFunction(String function, List<String> ways) {
        return new UnknownValue("is " + function + ", which only CloudFormation resolves", ways);
    }

    JsonNode asNode() {
        return new POJONode(this);
    }

    /** What is not known of a node, or null where it is a value. */
    static UnknownValue in(JsonNode node) {
        if (node instanceof POJONode pojo && pojo.getPojo() instanceof UnknownValue unknown) {
            return unknown;
        }
        String function = StackTemplate.functionIn(node);
        return function == null ? null : ofFunction(function, List.of());
    }

    /** What is wrong with the field, and the ways out. */
    String problem(String path) {
        StringBuilder text =
                new StringBuilder(reason)
                        .append("; put the value in its place, or give it with --set ")
                        .append(path)
                        .append("=VALUE");
        String separator = ", or what it stands for with --set ";
        for (String way : ways) {
            text.append(separator).append(way).append("=VALUE");
            separator = " --set ";
        }
        return text.toString();
    }
}
