package io.hydrant.launcher.operate;

import io.hydrant.delivery.partition.NamingOptions;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What changes when a delivery goes on with another configuration, and the version that it has from
 * then on.
 *
 * <p>As in Firehose, the version rises by one with every change of what is delivered, how and where
 * to; it is in the names of objects. Source: Firehose developer guide, "Configure Amazon S3 object
 * name format"; API reference, UpdateDestination.
 */
final class ConfigurationChange {

    private static final String VERSION = NamingOptions.STREAM_VERSION.key();

    /** What says where and how fast the job runs, and how it reaches its services. */
    private static final List<String> OF_THE_RUN =
            List.of(
                    VERSION,
                    "parallelism",
                    "aws.",
                    "kinesis.endpoint",
                    "s3.endpoint",
                    "lambda.endpoint",
                    "glue.endpoint",
                    "replay.",
                    "source.");

    private final List<String> changes = new ArrayList<>();
    private final String version;

    /**
     * Compares options.
     *
     * @param before those that it ran with
     * @param now those that it is to run with, its own version among them
     */
    ConfigurationChange(Map<String, String> before, Map<String, String> now) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(now.keySet());
        for (String key : keys) {
            String old = before.get(key);
            String current = now.get(key);
            if (OF_THE_RUN.stream().noneMatch(key::startsWith) && !same(old, current)) {
                changes.add(key + ": " + shown(old) + " -> " + shown(current));
            }
        }
        BigInteger last = new BigInteger(before.getOrDefault(VERSION, "1"));
        BigInteger own = new BigInteger(now.getOrDefault(VERSION, "1"));
        BigInteger next = changes.isEmpty() ? last : last.add(BigInteger.ONE);
        this.version = own.max(next).toString();
    }

    private static boolean same(String old, String current) {
        return old == null ? current == null : old.equals(current);
    }

    private static String shown(String value) {
        return value == null ? "nothing" : "'" + value + "'";
    }

    /** What is another than before, a line each. */
    List<String> changes() {
        return List.copyOf(changes);
    }

    /** The version from now on: the next where something changed, or the document's if higher. */
    String version() {
        return version;
    }
}
