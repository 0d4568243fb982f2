package io.hydrant.jobs.delivery.document;

import io.hydrant.lambda.FunctionArn;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * Reads the parameters of the processor {@code Lambda}.
 *
 * <p>Source: Firehose API reference, ProcessorParameter; the bounds of the hints: Firehose
 * developer guide, "Transform source data".
 */
final class LambdaReader {

    static final List<String> PARAMETERS =
            List.of(
                    "LambdaArn",
                    "NumberOfRetries",
                    "RoleArn",
                    "BufferSizeInMBs",
                    "BufferIntervalInSeconds");

    private static final BigDecimal BYTES_OF_MB = BigDecimal.valueOf(1024L * 1024);
    private static final BigDecimal SMALLEST_BUFFER = new BigDecimal("0.2");
    private static final BigDecimal LARGEST_BUFFER = new BigDecimal("3");
    private static final String VALUE = "ParameterValue";

    private LambdaReader() {}

    /**
     * Reads them.
     *
     * @param parameters by name; null where one was not given
     */
    static LambdaProcessor read(Map<String, Fields> parameters) {
        Fields role = parameters.get("RoleArn");
        return new LambdaProcessor(
                functionArn(parameters.get("LambdaArn")),
                integer(parameters.get("NumberOfRetries"), 0, 300),
                role == null ? null : role.text(VALUE, TextRule.ROLE_ARN),
                role == null ? null : role.path(VALUE),
                bytes(parameters.get("BufferSizeInMBs")),
                integer(parameters.get("BufferIntervalInSeconds"), 0, 900));
    }

    private static String functionArn(Fields given) {
        String arn = given == null ? null : given.text(VALUE, TextRule.FUNCTION_ARN);
        if (arn == null) {
            return null;
        }
        try {
            return FunctionArn.parse(arn).toString();
        } catch (IllegalArgumentException e) {
            given.problem(VALUE, e.getMessage());
            return null;
        }
    }

    private static Integer integer(Fields given, int min, int max) {
        BigDecimal number =
                number(given, BigDecimal.valueOf(min), BigDecimal.valueOf(max), "whole ");
        if (number == null) {
            return null;
        }
        if (number.stripTrailingZeros().scale() > 0) {
            refuse(given, "whole ", min + " to " + max);
            return null;
        }
        return number.intValueExact();
    }

    private static Long bytes(Fields given) {
        BigDecimal megabytes = number(given, SMALLEST_BUFFER, LARGEST_BUFFER, "");
        return megabytes == null
                ? null
                : megabytes.multiply(BYTES_OF_MB).setScale(0, RoundingMode.DOWN).longValueExact();
    }

    private static BigDecimal number(Fields given, BigDecimal min, BigDecimal max, String kind) {
        String text = text(given);
        if (text == null) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.compareTo(min) >= 0 && number.compareTo(max) <= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with what is out of bounds.
        }
        refuse(given, kind, min + " to " + max);
        return null;
    }

    private static void refuse(Fields given, String kind, String allowed) {
        given.problem(
                VALUE,
                TextRule.quoted(text(given)) + " is not allowed; a " + kind + "number, " + allowed);
    }

    private static String text(Fields given) {
        return given == null ? null : given.text(VALUE, TextRule.PROCESSOR_PARAMETER);
    }
}
