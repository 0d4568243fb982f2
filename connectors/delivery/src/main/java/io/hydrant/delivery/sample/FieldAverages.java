package io.hydrant.delivery.sample;

import io.hydrant.core.record.Envelope;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The numbers of a JSON object: finds them, and puts averages in their place.
 *
 * <p>Averages have 34 digits where they are whole, so that an id that is a number stays what it is,
 * and else 16.
 */
final class FieldAverages {

    /** Of sums: enough for every number that programs write, and bounded whatever they write. */
    private static final MathContext EXACT = MathContext.DECIMAL128;

    private static final int LONGEST_PLAIN = 40;

    /** What is larger or smaller than a double can be is nothing to average. */
    private static final long LARGEST_EXPONENT = 400;

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Set<String> wanted;

    /**
     * Averages of those fields.
     *
     * @param wanted names, those of inner fields with dots; empty for all numbers
     */
    FieldAverages(List<String> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /** The payload as an object, or null where it is none. */
    static ObjectNode parse(Envelope record) {
        try {
            JsonNode tree =
                    JSON.readTree(
                            record.payloadArray(), record.payloadOffset(), record.payloadLength());
            return tree instanceof ObjectNode object ? object : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Gives every wanted number, with its name, to the consumer. */
    void forEach(ObjectNode record, BiConsumer<String, BigDecimal> numbers) {
        visit(record, "", (field, name) -> numbers.accept(name, field.getValue().decimalValue()));
    }

    static BigDecimal sum(BigDecimal sum, BigDecimal number) {
        return sum.add(number, EXACT);
    }

    static BigDecimal average(BigDecimal sum, long count) {
        BigDecimal exact = sum.divide(BigDecimal.valueOf(count), EXACT).stripTrailingZeros();
        BigDecimal shown =
                exact.scale() <= 0
                        ? exact
                        : exact.round(new MathContext(16, RoundingMode.HALF_EVEN));
        return shown.scale() < 0 && shown.precision() - shown.scale() <= LONGEST_PLAIN
                ? shown.setScale(0)
                : shown;
    }

    /**
     * The payload of a record with averages in the place of its numbers, and what it ended with.
     *
     * @param averages by name; null leaves the number
     */
    byte[] write(Envelope record, ObjectNode parsed, Function<String, BigDecimal> averages)
            throws IOException {
        visit(
                parsed,
                "",
                (field, name) -> {
                    BigDecimal average = averages.apply(name);
                    if (average != null) {
                        field.setValue(DecimalNode.valueOf(average));
                    }
                });
        byte[] bytes = JSON.writeValueAsBytes(parsed);
        boolean endsLine =
                record.payloadArray()[record.payloadOffset() + record.payloadLength() - 1] == '\n';
        if (!endsLine) {
            return bytes;
        }
        byte[] line = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        line[bytes.length] = '\n';
        return line;
    }

    private static boolean isUsable(JsonNode value) {
        if (!value.isNumber()) {
            return false;
        }
        BigDecimal number = value.decimalValue();
        return Math.abs((long) number.precision() - number.scale()) <= LARGEST_EXPONENT;
    }

    private void visit(
            ObjectNode object, String prefix, BiConsumer<Map.Entry<String, JsonNode>, String> use) {
        Iterator<Map.Entry<String, JsonNode>> fields = object.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            String name = prefix + field.getKey();
            if (field.getValue() instanceof ObjectNode inner) {
                visit(inner, name + '.', use);
            } else if ((wanted.isEmpty() || wanted.contains(name)) && isUsable(field.getValue())) {
                use.accept(field, name);
            }
        }
    }
}
