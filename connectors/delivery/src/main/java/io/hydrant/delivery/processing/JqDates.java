package io.hydrant.delivery.processing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The functions of jq for dates, which jackson-jq lacks and prefixes by time live on. All are in
 * UTC, as they are in Firehose.
 *
 * <p>A "broken down time" is jq's array of year, month from 0, day, hour, minute, second, day of
 * the week from Sunday and day of the year from 0. Source: jq 1.6 manual, "Dates".
 */
final class JqDates {

    private static final String ISO = "%Y-%m-%dT%H:%M:%SZ";

    private JqDates() {}

    /** A function without arguments. */
    @FunctionalInterface
    private interface OfInput {
        JsonNode apply(JsonNode in) throws JsonQueryException;
    }

    static void addTo(Scope scope) {
        scope.addFunction("strftime", 1, withFormat(JqDates::strftime));
        scope.addFunction("strptime", 1, withFormat(JqDates::strptime));
        add(scope, "mktime", JqDates::mktime);
        scope.addFunction("strflocaltime", 1, withFormat(JqDates::strftime));
        add(scope, "gmtime", JqDates::gmtime);
        add(scope, "localtime", JqDates::gmtime);
        for (String name : new String[] {"todate", "todateiso8601", "date"}) {
            add(scope, name, in -> strftime(in, ISO));
        }
        for (String name : new String[] {"fromdate", "fromdateiso8601"}) {
            add(scope, name, in -> mktime(strptime(in, ISO)));
        }
    }

    private static void add(Scope scope, String name, OfInput function) {
        Function adapted =
                (inner, arguments, in, path, output, version) ->
                        output.emit(function.apply(in), null);
        scope.addFunction(name, 0, adapted);
    }

    /** A function of the input and a format. */
    @FunctionalInterface
    private interface OfFormat {
        JsonNode apply(JsonNode in, String format) throws JsonQueryException;
    }

    private static Function withFormat(OfFormat function) {
        return (scope, arguments, in, path, output, version) ->
                arguments
                        .get(0)
                        .apply(
                                scope,
                                in,
                                format -> {
                                    if (!format.isTextual()) {
                                        throw new JsonQueryException("a format must be a string");
                                    }
                                    output.emit(function.apply(in, format.textValue()), null);
                                });
    }

    private static JsonNode strftime(JsonNode in, String format) throws JsonQueryException {
        return TextNode.valueOf(JqDateFormat.format(time(in, "strftime"), format));
    }

    private static JsonNode strptime(JsonNode in, String format) throws JsonQueryException {
        if (!in.isTextual()) {
            throw new JsonQueryException("strptime/1 requires string inputs and arguments");
        }
        LocalDateTime time = JqDateFormat.parse(in.textValue(), format);
        if (time == null) {
            throw new JsonQueryException(
                    "a text of "
                            + in.textValue().length()
                            + " characters does not match the format \""
                            + format
                            + "\"");
        }
        return brokenDown(time, time.getSecond());
    }

    private static JsonNode mktime(JsonNode in) throws JsonQueryException {
        if (!in.isArray()) {
            throw new JsonQueryException("mktime requires array of 6 numbers");
        }
        return LongNode.valueOf(time(in, "mktime").toEpochSecond(ZoneOffset.UTC));
    }

    private static JsonNode gmtime(JsonNode in) throws JsonQueryException {
        LocalDateTime time = time(in, "gmtime");
        return brokenDown(time, time.getSecond() + time.getNano() / 1e9);
    }

    private static ArrayNode brokenDown(LocalDateTime time, double seconds) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode(8);
        parts.add(time.getYear()).add(time.getMonthValue() - 1).add(time.getDayOfMonth());
        parts.add(time.getHour()).add(time.getMinute());
        if (seconds == Math.rint(seconds)) {
            parts.add((int) seconds);
        } else {
            parts.add(DoubleNode.valueOf(seconds));
        }
        return parts.add(time.getDayOfWeek().getValue() % 7).add(time.getDayOfYear() - 1);
    }

    private static LocalDateTime time(JsonNode in, String function) throws JsonQueryException {
        try {
            if (in.isNumber()) {
                double seconds = in.doubleValue();
                long whole = (long) Math.floor(seconds);
                return LocalDateTime.ofInstant(
                        Instant.ofEpochSecond(whole, (long) ((seconds - whole) * 1e9)),
                        ZoneOffset.UTC);
            }
            if (in.isArray() && in.size() >= 6 && areNumbers(in)) {
                // As C's timegm does, parts beyond their range carry over.
                return LocalDate.of(in.get(0).asInt(), 1, 1)
                        .plusMonths(in.get(1).asLong())
                        .plusDays(in.get(2).asLong() - 1)
                        .atStartOfDay()
                        .plusHours(in.get(3).asLong())
                        .plusMinutes(in.get(4).asLong())
                        .plusSeconds(in.get(5).asLong());
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new JsonQueryException(function + ": " + e.getMessage(), e);
        }
        throw new JsonQueryException(function + " requires a number or a broken down time");
    }

    private static boolean areNumbers(JsonNode parts) {
        for (JsonNode part : parts) {
            if (!part.isNumber()) {
                return false;
            }
        }
        return true;
    }
}
