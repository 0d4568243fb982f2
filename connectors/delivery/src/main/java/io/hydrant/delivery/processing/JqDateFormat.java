package io.hydrant.delivery.processing;

import net.thisptr.jackson.jq.exception.JsonQueryException;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;

/** Formats and reads times by C's conversion specifications, in its own locale and UTC. */
final class JqDateFormat {

    private static final List<String> MONTHS =
            List.of(
                    "January",
                    "February",
                    "March",
                    "April",
                    "May",
                    "June",
                    "July",
                    "August",
                    "September",
                    "October",
                    "November",
                    "December");
    private static final List<String> DAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

    private JqDateFormat() {}

    static String format(LocalDateTime time, String format) throws JsonQueryException {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                i++;
            } else {
                i = appendNext(time, format, i + 1, text);
            }
        }
        return text.toString();
    }

    /**
     * Appends a conversion with the flags of GNU's C library, by which jq is run: {@code -} leaves
     * the padding out, {@code _} pads with spaces, {@code 0} with zeros, {@code ^} is upper case.
     *
     * @param begin where it goes on behind the percent sign
     * @return where it ends
     */
    private static int appendNext(LocalDateTime time, String format, int begin, StringBuilder text)
            throws JsonQueryException {
        int end = begin;
        while (end + 1 < format.length() && "-_0^".indexOf(format.charAt(end)) >= 0) {
            end++;
        }
        StringBuilder converted = new StringBuilder();
        append(time, format.charAt(end), converted);
        String plain = converted.toString();
        for (char flag : format.substring(begin, end).toCharArray()) {
            String bare = plain.replaceFirst("^[0 ]+(?=\\d)", "");
            plain =
                    switch (flag) {
                        case '-' -> bare;
                        case '_' -> " ".repeat(plain.length() - bare.length()) + bare;
                        case '0' -> "0".repeat(plain.length() - bare.length()) + bare;
                        default -> plain.toUpperCase(Locale.ROOT);
                    };
        }
        text.append(plain);
        return end + 1;
    }

    private static void append(LocalDateTime time, char conversion, StringBuilder text)
            throws JsonQueryException {
        int weekday = time.getDayOfWeek().getValue() % 7;
        switch (conversion) {
            case 'Y' -> text.append(time.getYear());
            case 'C' -> padded(text, time.getYear() / 100, 2);
            case 'y' -> padded(text, Math.floorMod(time.getYear(), 100), 2);
            case 'm' -> padded(text, time.getMonthValue(), 2);
            case 'd' -> padded(text, time.getDayOfMonth(), 2);
            case 'e' -> text.append(String.format(Locale.ROOT, "%2d", time.getDayOfMonth()));
            case 'H' -> padded(text, time.getHour(), 2);
            case 'I' -> padded(text, (time.getHour() + 11) % 12 + 1, 2);
            case 'k' -> text.append(String.format(Locale.ROOT, "%2d", time.getHour()));
            case 'l' ->
                    text.append(String.format(Locale.ROOT, "%2d", (time.getHour() + 11) % 12 + 1));
            case 'M' -> padded(text, time.getMinute(), 2);
            case 'S' -> padded(text, time.getSecond(), 2);
            case 'j' -> padded(text, time.getDayOfYear(), 3);
            case 'p' -> text.append(time.getHour() < 12 ? "AM" : "PM");
            case 'P' -> text.append(time.getHour() < 12 ? "am" : "pm");
            case 'a' -> text.append(DAYS.get(weekday), 0, 3);
            case 'A' -> text.append(DAYS.get(weekday));
            case 'b', 'h' -> text.append(MONTHS.get(time.getMonthValue() - 1), 0, 3);
            case 'B' -> text.append(MONTHS.get(time.getMonthValue() - 1));
            case 'u' -> text.append(time.getDayOfWeek().getValue());
            case 'w' -> text.append(weekday);
            case 's' -> text.append(time.toEpochSecond(ZoneOffset.UTC));
            case 'G' -> text.append(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'g' -> padded(text, time.get(IsoFields.WEEK_BASED_YEAR) % 100, 2);
            case 'V' -> padded(text, time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
            case 'U' -> padded(text, (time.getDayOfYear() + 6 - weekday) / 7, 2);
            case 'W' -> padded(text, (time.getDayOfYear() + 6 - (weekday + 6) % 7) / 7, 2);
            case 'Z' -> text.append("UTC");
            case 'z' -> text.append("+0000");
            case 'F' -> text.append(format(time, "%Y-%m-%d"));
            case 'T', 'X' -> text.append(format(time, "%H:%M:%S"));
            case 'R' -> text.append(format(time, "%H:%M"));
            case 'D', 'x' -> text.append(format(time, "%m/%d/%y"));
            case 'r' -> text.append(format(time, "%I:%M:%S %p"));
            case 'c' -> text.append(format(time, "%a %b %e %H:%M:%S %Y"));
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case '%' -> text.append('%');
            default -> throw new JsonQueryException("unknown conversion %" + conversion);
        }
    }

    private static void padded(StringBuilder text, int value, int width) {
        String digits = Integer.toString(value);
        text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }

    /** The time in a text, or null where it does not match the format. */
    static LocalDateTime parse(String text, String format) throws JsonQueryException {
        Reading reading = new Reading(text);
        try {
            return reading.matches(format) && reading.isAtEnd() ? reading.time() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Reads one text from its beginning to its end. */
    private static final class Reading {
        private final String text;
        private int at;
        private int year = 1900;
        private int month = 1;
        private int day = 1;
        private int dayOfYear;
        private int hour;
        private int minute;
        private int second;
        private int half = -1;
        private long epochSecond = Long.MIN_VALUE;

        Reading(String text) {
            this.text = text;
        }

        boolean isAtEnd() {
            return at == text.length();
        }

        LocalDateTime time() {
            if (epochSecond != Long.MIN_VALUE) {
                return LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
            }
            int hours = half < 0 ? hour : hour % 12 + 12 * half;
            LocalDate date =
                    dayOfYear > 0
                            ? LocalDate.ofYearDay(year, dayOfYear)
                            : LocalDate.of(year, month, day);
            return date.atStartOfDay()
                    .plus(hours, ChronoUnit.HOURS)
                    .plusMinutes(minute)
                    .plusSeconds(second);
        }

        boolean matches(String format) throws JsonQueryException {
            int i = 0;
            while (i < format.length()) {
                char c = format.charAt(i);
                boolean isConversion = c == '%' && i + 1 < format.length();
                boolean matches;
                if (isConversion) {
                    matches = matches(format.charAt(i + 1));
                } else if (Character.isWhitespace(c)) {
                    skipSpace();
                    matches = true;
                } else {
                    matches = literal(c);
                }
                i += isConversion ? 2 : 1;
                if (!matches) {
                    return false;
                }
            }
            return true;
        }

        private boolean matches(char conversion) throws JsonQueryException {
            return switch (conversion) {
                case 'Y' -> (year = number(4)) >= 0;
                case 'y' -> {
                    int value = number(2);
                    year = value < 69 ? 2000 + value : 1900 + value;
                    yield value >= 0;
                }
                case 'm' -> (month = number(2)) >= 1;
                case 'd', 'e' -> (day = number(2)) >= 1;
                case 'j' -> (dayOfYear = number(3)) >= 1;
                case 'H' -> (hour = number(2)) >= 0 && hour < 24;
                case 'I' -> (hour = number(2)) >= 1 && hour <= 12;
                case 'M' -> (minute = number(2)) >= 0 && minute < 60;
                case 'S' -> (second = number(2)) >= 0 && second <= 60;
                case 'p' -> (half = name(List.of("AM", "PM"))) >= 0;
                case 'a', 'A' -> name(DAYS) >= 0;
                case 'b', 'B', 'h' -> (month = name(MONTHS) + 1) >= 1;
                case 's' -> epoch();
                case 'Z' -> zoneName();
                case 'z' -> zoneOffset();
                case 'F' -> matches("%Y-%m-%d");
                case 'T' -> matches("%H:%M:%S");
                case 'R' -> matches("%H:%M");
                case 'D' -> matches("%m/%d/%y");
                case 'n', 't' -> {
                    skipSpace();
                    yield true;
                }
                case '%' -> literal('%');
                default -> throw new JsonQueryException("unknown conversion %" + conversion);
            };
        }

        private boolean literal(char c) {
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        private void skipSpace() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private int number(int digits) {
            skipSpace();
            int begin = at;
            int value = 0;
            while (at < text.length() && at - begin < digits && isDigit(text.charAt(at))) {
                value = 10 * value + text.charAt(at) - '0';
                at++;
            }
            return at == begin ? -1 : value;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        /** The name in full or its first three letters; the place of it, or -1. */
        private int name(List<String> names) {
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                for (int length : new int[] {name.length(), Math.min(3, name.length())}) {
                    if (text.regionMatches(true, at, name, 0, length)) {
                        at += length;
                        return i;
                    }
                }
            }
            return -1;
        }

        private boolean epoch() {
            int begin = at;
            long value = 0;
            while (at < text.length() && at - begin < 15 && isDigit(text.charAt(at))) {
                value = 10 * value + text.charAt(at) - '0';
                at++;
            }
            epochSecond = value;
            return at > begin;
        }

        /** A name of a zone says nothing, in C as here. */
        private boolean zoneName() {
            int begin = at;
            while (at < text.length() && Character.isLetter(text.charAt(at))) {
                at++;
            }
            return at > begin;
        }

        /** An offset does not move the time, since jq takes what it reads for UTC. */
        private boolean zoneOffset() {
            if (literal('Z')) {
                return true;
            }
            int sign = literal('+') ? 1 : literal('-') ? -1 : 0;
            int hours = sign == 0 ? -1 : number(2);
            if (hours < 0) {
                return false;
            }
            literal(':');
            int minutes = at < text.length() ? number(2) : 0;
            return minutes >= 0;
        }
    }
}
