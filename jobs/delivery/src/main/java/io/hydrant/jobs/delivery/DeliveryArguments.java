package io.hydrant.jobs.delivery;

import io.hydrant.core.options.NearestName;
import io.hydrant.iceberg.IcebergOptions;
import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.redshift.ErrorAction;
import io.hydrant.redshift.RedshiftOptions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What the job was told to run.
 *
 * @param configs where the documents are, one for each delivery of the job: files or {@code
 *     s3://bucket/key}; empty for none
 * @param assignments what is set over every document, in order
 * @param dryRun whether to print the plan and stop
 * @param help whether to print the usage and stop
 */
record DeliveryArguments(
        List<String> configs, List<Assignment> assignments, boolean dryRun, boolean help) {

    static final String PROPERTY_GROUP = "HydrantDelivery";

    private static final String CONFIG = "--config";
    private static final String SET = "--set";
    private static final String DRY_RUN = "--dry-run";
    private static final String HELP = "--help";

    static final String USAGE =
            """
            Delivers a Kinesis stream to S3 as Amazon Data Firehose does, exactly once.

              flink run hydrant-delivery.jar --config stream.json... [--set KEY=VALUE]...
                                             [--from WHERE [--to TIME] [--replay-id ID]] [--dry-run]

              --config FILE      input of 'aws firehose create-delivery-stream' or output of
                                 'aws firehose describe-delivery-stream', with a "Hydrant" object
                                 for what Firehose has not; a template of CloudFormation; what
                                 'terraform show -json' prints; a file or s3://bucket/key.
                                 Several, each with --config, are deliveries of one stream to
                                 a destination each, in one job that reads the stream once
              --set KEY=VALUE    sets a value over every document, as often as needed: a path such as
                                 ExtendedS3DestinationConfiguration.BufferingHints.SizeInMBs=64,
                                 an option of the Hydrant object such as
                                 source.init.position=TRIM_HORIZON, or Parameters.NAME of a template
              --from WHERE       replays, and ends: from TRIM_HORIZON or a time such as
                                 2026-01-27T00:00:00Z of the stream, or the records archived under
                                 s3://bucket/prefix/
              --to TIME          ends the replay of a stream with what arrived before, default NOW;
                                 a delivery from there on (source.init.position=AT_TIMESTAMP,
                                 source.init.timestamp=TIME) has what follows, all of it and nothing
                                 twice; LIVE is where the delivery that runs already, from LATEST
                                 or a time, began by its ledger
              --replay-id ID     a replay apart: delivers as NAME-replay-ID, with a ledger of its own
              --dry-run          checks everything, prints the plan and stops
              --help             prints this

            On Managed Service for Apache Flink give the same in the property group %s:
            key 'config' is --config (several with ; between), every other key is a --set.
            """
                    .formatted(PROPERTY_GROUP);

    DeliveryArguments {
        configs = List.copyOf(configs);
        assignments = List.copyOf(assignments);
    }

    /** The one document; null for none. */
    String config() {
        return configs.isEmpty() ? null : configs.get(0);
    }

    /** The same for one of the documents, which is told where it has others beside it. */
    DeliveryArguments of(String config) {
        List<Assignment> own = new ArrayList<>(assignments);
        if (configs.size() > 1) {
            own.add(
                    new Assignment(
                            RedshiftOptions.ON_ERROR.key(),
                            ErrorAction.WAIT.name(),
                            "several " + CONFIG));
            own.add(new Assignment(IcebergOptions.STAGED.key(), "true", "several " + CONFIG));
        }
        return new DeliveryArguments(List.of(config), own, dryRun, help);
    }

    /** Reads a command line. What cannot be understood becomes a problem. */
    static DeliveryArguments parse(List<String> args, Problems problems) {
        List<String> configs = new ArrayList<>();
        List<Assignment> assignments = new ArrayList<>();
        boolean dryRun = false;
        boolean help = false;
        String from = null;
        String to = null;
        String id = null;
        for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
            String arg = rest.next();
            int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
            String name = equals < 0 ? arg : arg.substring(0, equals);
            switch (name) {
                case CONFIG -> {
                    String config = value(arg, equals, rest, "a file or s3://bucket/key", problems);
                    if (configs.contains(config)) {
                        problems.add(CONFIG, "'" + config + "' is given twice");
                    } else if (config != null) {
                        configs.add(config);
                    }
                }
                case SET -> {
                    String text = value(arg, equals, rest, "KEY=VALUE", problems);
                    Assignment assignment = text == null ? null : assignment(text, problems);
                    if (assignment != null) {
                        assignments.add(assignment);
                    }
                }
                case ReplayRange.FROM -> {
                    if (from != null) {
                        problems.add(ReplayRange.FROM, "is given twice");
                    }
                    from = value(arg, equals, rest, "TRIM_HORIZON, a time or s3://…", problems);
                }
                case ReplayRange.TO -> {
                    if (to != null) {
                        problems.add(ReplayRange.TO, "is given twice");
                    }
                    to = value(arg, equals, rest, "NOW, LIVE or a time", problems);
                }
                case ReplayRange.ID -> {
                    if (id != null) {
                        problems.add(ReplayRange.ID, "is given twice");
                    }
                    id = value(arg, equals, rest, "what tells the replay from others", problems);
                }
                case DRY_RUN -> dryRun = isGiven(name, equals, problems);
                case HELP, "-h" -> help = isGiven(name, equals, problems);
                default ->
                        problems.add(
                                name,
                                "is not an argument"
                                        + NearestName.hint(
                                                name,
                                                List.of(
                                                        CONFIG,
                                                        SET,
                                                        ReplayRange.FROM,
                                                        ReplayRange.TO,
                                                        ReplayRange.ID,
                                                        DRY_RUN,
                                                        HELP)));
            }
        }
        assignments.addAll(ReplayRange.assignments(from, to, id, problems));
        return new DeliveryArguments(configs, assignments, dryRun, help);
    }

    /** What a property group of Managed Service for Apache Flink says. */
    static DeliveryArguments ofPropertyGroup(Map<String, String> properties) {
        List<Assignment> assignments = new ArrayList<>();
        properties.forEach(
                (key, value) -> {
                    if (!key.equals("config")) {
                        assignments.add(
                                new Assignment(key, value, "property group " + PROPERTY_GROUP));
                    }
                });
        String configs = properties.getOrDefault("config", "");
        return new DeliveryArguments(
                Arrays.stream(configs.split(";"))
                        .map(String::strip)
                        .filter(config -> !config.isEmpty())
                        .distinct()
                        .toList(),
                assignments,
                false,
                false);
    }

    /** Whether there is nothing here that could be run. */
    boolean isEmpty() {
        return configs.isEmpty() && assignments.isEmpty();
    }

    private static boolean isGiven(String name, int equals, Problems problems) {
        if (equals >= 0) {
            problems.add(name, "takes no value; leave it out to have it off");
        }
        return true;
    }

    private static String value(
            String arg, int equals, Iterator<String> rest, String what, Problems problems) {
        if (equals >= 0) {
            return arg.substring(equals + 1);
        }
        if (rest.hasNext()) {
            return rest.next();
        }
        problems.add(arg, "has no value; give " + what);
        return null;
    }

    /** What may be a key at the beginning; a value behind it may be a secret. */
    private static String keyIn(String text) {
        int end = 0;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end))
                        || "._-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end == text.length() ? text : text.substring(0, end) + '…';
    }

    private static Assignment assignment(String text, Problems problems) {
        int equals = text.indexOf('=');
        if (equals == 0) {
            problems.add(SET, "has no key before the '='");
            return null;
        }
        if (equals < 0) {
            problems.add(SET, "'" + keyIn(text) + "' is not KEY=VALUE");
            return null;
        }
        return new Assignment(text.substring(0, equals), text.substring(equals + 1), SET);
    }
}
