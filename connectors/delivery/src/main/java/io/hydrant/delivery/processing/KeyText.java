package io.hydrant.delivery.processing;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;

/**
 * The text that a value is as a key: of whole numbers all digits, of others no more than jq prints,
 * and {@code 1} of {@code 1.0}, which jq cannot tell apart.
 */
final class KeyText {

    private KeyText() {}

    /** The text of a text, a number or a truth; null for null and for what has no text. */
    static String of(JsonNode value) {
        if (value.isTextual() || value.isBoolean()) {
            return value.asText();
        }
        if (value.isFloatingPointNumber()) {
            return ofDouble(value.doubleValue());
        }
        return value.isIntegralNumber() ? value.asText() : null;
    }

    /** The text of a number as JSON writes it; null where it is too large for one. */
    static String ofNumber(String number) {
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') {
                return ofDouble(Double.parseDouble(number));
            }
        }
        return number.equals("-0") ? "0" : number;
    }

    private static String ofDouble(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return null;
        }
        BigDecimal decimal = BigDecimal.valueOf(value);
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
