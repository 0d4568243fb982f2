package io.hydrant.kinesis.table;

import org.apache.flink.table.api.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Brings the options of a DDL that was written for Flink's official connector, of release 4 to 6,
 * to the names of this one. What has no counterpart here is refused where leaving it out would
 * change what the table is or says, and named in the log where it only tunes what this connector
 * does on its own. The rules are in {@code docs/kinesis-table.md}.
 *
 * <p>Other keys pass as they are; whether they are known is not judged here.
 */
final class OptionTranslation {

    private static final Logger LOG = LoggerFactory.getLogger(OptionTranslation.class);

    private static final Map<String, String> RENAMED =
            Map.ofEntries(
                    Map.entry("scan.stream.initpos", "source.init.position"),
                    Map.entry("scan.stream.initpos-timestamp", "source.init.timestamp"),
                    Map.entry(
                            "scan.stream.initpos-timestamp-format", "source.init.timestamp.format"),
                    Map.entry("scan.stream.recordpublisher", "source.reader.type"),
                    Map.entry("scan.stream.efo.consumername", "source.efo.consumer.name"),
                    Map.entry(
                            "scan.shard.getrecords.maxrecordcount",
                            "source.shard.get-records.max-record-count"),
                    Map.entry(
                            "scan.shard.getrecords.intervalmillis",
                            "source.shard.get-records.interval"),
                    Map.entry(
                            "scan.shard.discovery.intervalmillis",
                            "source.shard.discovery.interval"),
                    Map.entry(
                            "sink.http-client.max-concurrency", "aws.http-client.max-concurrency"),
                    Map.entry("sink.http-client.read-timeout", "aws.http-client.read-timeout"),
                    Map.entry(
                            "sink.producer.record-max-buffered-time", "sink.flush-buffer.timeout"),
                    Map.entry("sink.producer.collection-max-size", "sink.batch.max-size"),
                    Map.entry("sink.producer.collection-max-count", "sink.requests.max-inflight"),
                    Map.entry("sink.producer.fail-on-error", "sink.fail-on-error"),
                    Map.entry(
                            "aws.credentials.role.provider.basic.accesskeyid",
                            "aws.credentials.basic.accesskeyid"),
                    Map.entry(
                            "aws.credentials.role.provider.basic.secretkey",
                            "aws.credentials.basic.secretkey"));

    /** Tunes retries, threads or connections that this connector has by other means. */
    private static final Pattern WITHOUT_EFFECT =
            Pattern.compile(
                    "scan\\.(stream\\.(describe|(describe|register|deregister)streamconsumer)"
                            + "|list\\.shards|shard\\.(getrecords|getiterator|subscribetoshard))"
                            + "\\.(maxretries|timeout|backoff\\.(base|max|expconst))"
                            + "|scan\\.shard\\.adaptivereads"
                            + "|scan\\.stream\\.efo\\.http-client\\.[a-z-]+"
                            + "|scan\\.watermark\\.sync\\.(interval|queue\\.capacity)"
                            + "|shard\\.consumer\\.error\\.recoverable\\[\\d+]\\.exception"
                            + "|(sink|aws)\\.http(-client)?\\.protocol\\.version"
                            + "|sink\\.producer\\..+");

    private static final String ASSIGNER = "source.shard-assigner";
    private static final String LEGACY_ASSIGNER = "scan.shard-assigner";
    private static final String REGISTRATION = "scan.stream.efo.registration";
    private static final String LIFECYCLE = "source.efo.lifecycle";
    private static final String PARTITIONER = "sink.partitioner";
    private static final String PARTITION_KEY = "sink.partition-key.strategy";
    private static final String CONSUMER_ARN = "scan.stream.efo.consumerarn";
    private static final String LOOKAHEAD = "scan.watermark.lookahead.millis";
    private static final String ROLE_PROVIDER = "aws.credentials.role.provider";
    private static final String CUSTOM_CREDENTIALS = "aws.credentials.custom.class";
    private static final String ENDPOINT = "sink.producer.kinesis-endpoint";
    private static final String PORT = "sink.producer.kinesis-port";
    private static final String VERIFY = "sink.producer.verify-certificate";

    /**
     * The options by the names of this connector.
     *
     * @throws ValidationException naming an option that cannot be honoured, and what to write
     *     instead; or two options that say the same
     */
    Map<String, String> translate(Map<String, String> given) {
        Map<String, String> translated = new HashMap<>();
        for (Map.Entry<String, String> option : new TreeMap<>(given).entrySet()) {
            translateOne(option.getKey(), option.getValue(), given, translated);
        }
        return translated;
    }

    private static void translateOne(
            String key, String value, Map<String, String> given, Map<String, String> translated) {
        switch (key) {
            case ASSIGNER, LEGACY_ASSIGNER -> requireKnownAssigner(key, value);
            case REGISTRATION -> put(key, LIFECYCLE, lifecycle(value), given, translated);
            case PARTITIONER -> translatePartitioner(value, given, translated);
            case LOOKAHEAD -> requireNoLookahead(value);
            case ROLE_PROVIDER -> requireKnownRoleProvider(value);
            case CUSTOM_CREDENTIALS ->
                    throw refused(
                            key,
                            value,
                            "classes that provide credentials are not loaded; use one of the kinds of"
                                    + " aws.credentials.provider");
            case ENDPOINT ->
                    put(key, "aws.endpoint", endpoint(value, given.get(PORT)), given, translated);
            case PORT -> {
                // Goes with the endpoint.
            }
            case VERIFY ->
                    put(
                            key,
                            "aws.trust.all.certificates",
                            String.valueOf(!Boolean.parseBoolean(value)),
                            given,
                            translated);
            default -> translateByTable(key, value, given, translated);
        }
    }

    private static void translateByTable(
            String key, String value, Map<String, String> given, Map<String, String> translated) {
        if (RENAMED.containsKey(key)) {
            put(key, RENAMED.get(key), value, given, translated);
        } else if (key.startsWith(CONSUMER_ARN)) {
            throw refused(
                    key,
                    value,
                    "name the consumer with source.efo.consumer.name and set source.efo.lifecycle to"
                            + " SELF_MANAGED");
        } else if (WITHOUT_EFFECT.matcher(key).matches()) {
            LOG.warn(
                    "Table option '{}' has no effect: Hydrant's connector does on its own what it tunes",
                    key);
        } else {
            translated.put(key, value);
        }
    }

    private static void put(
            String key,
            String name,
            String value,
            Map<String, String> given,
            Map<String, String> translated) {
        if (given.containsKey(name) || translated.containsKey(name)) {
            throw new ValidationException(
                    "The options '"
                            + key
                            + "' and '"
                            + name
                            + "' say the same thing; leave one of them out.");
        }
        translated.put(name, value);
    }

    private static void requireKnownAssigner(String key, String value) {
        if (!value.equals("default") && !value.equals("uniform")) {
            throw refused(key, value, "shards are always spread evenly; leave the option out");
        }
    }

    private static void translatePartitioner(
            String value, Map<String, String> given, Map<String, String> translated) {
        if (value.equals("fixed") || value.equals("random")) {
            put(PARTITIONER, PARTITION_KEY, value.toUpperCase(Locale.ROOT), given, translated);
        } else {
            translated.put(PARTITIONER, value);
        }
    }

    private static String lifecycle(String registration) {
        return switch (registration.toUpperCase(Locale.ROOT)) {
            case "LAZY", "EAGER" -> "JOB_MANAGED";
            case "NONE" -> "SELF_MANAGED";
            default -> throw refused(REGISTRATION, registration, "it must be LAZY, EAGER or NONE");
        };
    }

    private static void requireNoLookahead(String value) {
        if (!value.trim().equals("0")) {
            throw refused(
                    LOOKAHEAD,
                    value,
                    "use Flink's own options scan.watermark.alignment.group.name and"
                            + " scan.watermark.alignment.max-drift");
        }
    }

    private static void requireKnownRoleProvider(String value) {
        if (!value.equals("AUTO") && !value.equals("BASIC")) {
            throw refused(
                    ROLE_PROVIDER,
                    value,
                    "a role is assumed with the credentials of the SDK's default chain (AUTO) or with an"
                            + " access key (BASIC)");
        }
    }

    private static String endpoint(String host, String port) {
        return "https://" + host + (port == null ? "" : ":" + port);
    }

    private static ValidationException refused(String key, String value, String wayOut) {
        return new ValidationException(
                "The option '" + key + "' = '" + value + "' cannot be honoured: " + wayOut + ".");
    }
}
