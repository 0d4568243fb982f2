package io.hydrant.jobs.ingest.convert;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The agent's {@code logFormat}: lines of well-known servers, and the names of what is in them.
 *
 * <p>Source: the developer guide of Kinesis Agent for the fields; Apache's documentation of its log
 * formats, RFC 3164 and RFC 3339 for the lines.
 */
public enum LogFormat {
    /** Apache's common log format; something may follow. */
    COMMONAPACHELOG(
            Lines.COMMON + ".*",
            true,
            List.of("host", "ident", "authuser", "datetime", "request", "response", "bytes")),

    /** The same with referer and agent. */
    COMBINEDAPACHELOG(
            Lines.COMMON + " \"([^\"]+)\" \"([^\"]+)\".*",
            true,
            List.of(
                    "host",
                    "ident",
                    "authuser",
                    "datetime",
                    "request",
                    "response",
                    "bytes",
                    "referer",
                    "agent")),

    /** Apache's error log since version 2.4. */
    APACHEERRORLOG(
            "\\[([A-Z][a-z]{2,8}\\s+[A-Z][a-z]{2,8}\\s+\\d{1,2}\\s+"
                    + Lines.CLOCK
                    + "\\s+\\d+)\\]"
                    + " \\[(?:(\\w+):)?(\\w+)\\]"
                    + " \\[pid (\\d+)(?::tid (\\d+))?\\]"
                    + " \\[client ([\\w.:-]+)\\]"
                    + " (.*)",
            true,
            List.of(
                    "timestamp",
                    "module",
                    "severity",
                    "processid",
                    "threadid",
                    "client",
                    "message")),

    /** What syslog daemons write, with the time of RFC 3164. */
    SYSLOG(
            "([A-Z][a-z]{2,8}\\s+\\d{1,2}\\s+" + Lines.CLOCK + ")" + Lines.SYSLOG_REST,
            false,
            Lines.SYSLOG_FIELDS),

    /** The same with the time of RFC 3339. */
    RFC3339SYSLOG(
            "(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:Z|[+-]\\d{2}:\\d{2}))"
                    + Lines.SYSLOG_REST,
            false,
            Lines.SYSLOG_FIELDS);

    private final Pattern line;
    private final boolean dashIsNull;
    private final List<String> fields;

    LogFormat(String line, boolean dashIsNull, List<String> fields) {
        this.line = Pattern.compile(line);
        this.dashIsNull = dashIsNull;
        this.fields = fields;
    }

    /** What a whole line looks like. */
    public Pattern line() {
        return line;
    }

    /** Names of its groups. */
    public List<String> fields() {
        return fields;
    }

    /**
     * Whether a lone dash says that there is nothing, which holds for a pattern of the user's, too.
     */
    boolean dashIsNull() {
        return dashIsNull;
    }

    private static final class Lines {

        static final String CLOCK = "\\d{1,2}:\\d{2}:\\d{1,2}(?:[:.,]\\d+)?";

        /** Host, ident, user, time, request, status, bytes. */
        static final String COMMON =
                "([\\w.:-]+) ([\\w.-]+) ([\\w.-]+)"
                        + " \\[(\\d{1,2}/[A-Z][a-z]{2,8}/\\d+:"
                        + CLOCK
                        + "\\s[+-]?\\d+)\\]"
                        + " \"([^\"]+)\" ([+-]?\\d+|-) ([+-]?\\d+|-)";

        /**
         * Facility and priority, or RFC 3164's number for both, where they are; host, program,
         * process, message. The agent takes anything between two numbers, so that of its own it
         * takes priorities of three digits.
         */
        static final String SYSLOG_REST =
                " (?:<\\d+(?:.\\d+)?> )?([\\w.-]+) ([\\w./%-]+)(?:\\[(\\d+)\\])?: (.*)";

        static final List<String> SYSLOG_FIELDS =
                List.of("timestamp", "hostname", "program", "processid", "message");

        private Lines() {}
    }
}
