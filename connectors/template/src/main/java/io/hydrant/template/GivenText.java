package io.hydrant.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;

/**
 * A value from a command line or a property group, which has no type of its own: {@code 64} is a
 * number where a number belongs and a text where a text does.
 */
public record GivenText(String text) {

    /** The value as a node of a tree. */
    public JsonNode asNode() {
        return new POJONode(this);
    }

    /** The text that a node stands for, or null where it came from the document itself. */
    public static String in(JsonNode node) {
        return node instanceof POJONode pojo && pojo.getPojo() instanceof GivenText given
                ? given.text()
                : null;
    }
}
