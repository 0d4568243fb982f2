package io.hydrant.delivery.processing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;

import java.util.function.IntUnaryOperator;

/**
 * The functions of jq for texts that jackson-jq has for the characters of the basic plane alone: of
 * others, such as emoji, it leaves nothing.
 *
 * <p>Source: jq 1.6 manual, "ascii_downcase, ascii_upcase" and "implode".
 */
final class JqTexts {

    private JqTexts() {}

    static void addTo(Scope scope) {
        scope.addFunction(
                "ascii_downcase",
                0,
                letters("ascii_downcase", c -> c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c));
        scope.addFunction(
                "ascii_upcase",
                0,
                letters("ascii_upcase", c -> c >= 'a' && c <= 'z' ? c + 'A' - 'a' : c));
        Function implode =
                (inner, arguments, in, path, output, version) -> output.emit(implode(in), null);
        scope.addFunction("implode", 0, implode);
    }

    private static Function letters(String name, IntUnaryOperator change) {
        return (inner, arguments, in, path, output, version) -> {
            if (!in.isTextual()) {
                throw new JsonQueryException(name + " input must be a string");
            }
            int[] changed = in.textValue().codePoints().map(change).toArray();
            output.emit(TextNode.valueOf(new String(changed, 0, changed.length)), null);
        };
    }

    private static JsonNode implode(JsonNode in) throws JsonQueryException {
        if (!in.isArray()) {
            throw new JsonQueryException("implode input must be an array");
        }
        StringBuilder text = new StringBuilder(in.size());
        for (JsonNode each : in) {
            if (!each.isNumber() || !Character.isValidCodePoint(each.asInt())) {
                throw new JsonQueryException(
                        "Unicode codepoint must be numeric and in the range of Unicode");
            }
            text.appendCodePoint(each.asInt());
        }
        return TextNode.valueOf(text.toString());
    }
}
