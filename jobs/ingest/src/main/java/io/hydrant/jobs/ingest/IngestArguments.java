package io.hydrant.jobs.ingest;

import io.hydrant.core.options.NearestName;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line says.
 *
 * @param config the agent's file, or null where only help is wanted
 * @param overrides options that go before those of the file's {@code Hydrant} object
 * @param dryRun whether the flows are shown instead of run
 * @param help whether help is shown
 */
record IngestArguments(String config, Map<String, String> overrides, boolean dryRun, boolean help) {

    static final String USAGE =
            """
            Usage: flink run hydrant-ingest.jar --config agent.json [--set KEY=VALUE]...
                                                [--from WHERE [--to TIME]] [--dry-run]

              --config FILE     a configuration file of Kinesis Agent, with a Hydrant object if need be
              --set KEY=VALUE   an option of the Hydrant object; may be repeated
              --from WHERE      read the flows' sourceStream from TRIM_HORIZON or a time such as
                                2026-01-27T00:00:00Z on, and end
              --to TIME         end with what arrived before, default NOW
              --dry-run         show the flows, and run nothing
              --help            show this
            """;

    private static final List<String> NAMES =
            List.of("--config", "--set", ReadingRange.FROM, ReadingRange.TO, "--dry-run", "--help");

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static IngestArguments parse(List<String> arguments) {
        String config = null;
        Map<String, String> overrides = new LinkedHashMap<>();
        String from = null;
        String to = null;
        boolean dryRun = false;
        boolean help = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--config" -> {
                    if (config != null) {
                        throw new IllegalArgumentException("--config is given twice");
                    }
                    config = value(argument, rest);
                }
                case "--set" -> {
                    String assignment = value(argument, rest);
                    int equals = assignment.indexOf('=');
                    if (equals < 1) {
                        throw new IllegalArgumentException(
                                "--set takes KEY=VALUE, such as sink.producer-identity.enabled=true");
                    }
                    overrides.put(
                            assignment.substring(0, equals), assignment.substring(equals + 1));
                }
                case ReadingRange.FROM -> from = value(argument, rest);
                case ReadingRange.TO -> to = value(argument, rest);
                case "--dry-run" -> dryRun = true;
                case "--help", "-h" -> help = true;
                default ->
                        throw new IllegalArgumentException(
                                argument
                                        + " is not an argument"
                                        + NearestName.hint(argument, NAMES));
            }
        }
        if (config == null && !help) {
            throw new IllegalArgumentException("--config is missing; --help says more");
        }
        for (Map.Entry<String, String> option : ReadingRange.options(from, to).entrySet()) {
            if (overrides.put(option.getKey(), option.getValue()) != null) {
                throw new IllegalArgumentException(
                        "--set "
                                + option.getKey()
                                + " does not go with "
                                + ReadingRange.FROM
                                + ", which sets it; leave one of them out");
            }
        }
        return new IngestArguments(config, overrides, dryRun, help);
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(name + " has no value");
        }
        return rest.next();
    }
}
