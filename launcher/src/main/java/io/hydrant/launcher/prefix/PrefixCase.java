package io.hydrant.launcher.prefix;

import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.partition.NamingConfig;
import io.hydrant.delivery.partition.PartitionKeyException;
import io.hydrant.delivery.partition.PartitionKeys;
import io.hydrant.delivery.partition.PrefixTemplate;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.UUID;

/**
 * One question to the naming of objects.
 *
 * @param prefix data prefix as configured, null for the default one
 * @param errorPrefix error prefix as configured, null for the default one
 * @param errorType folder of the error type; null where only data is asked about, unless there is
 *     an error prefix
 * @param at arrival of the oldest record in the object
 * @param zone time zone of the stream
 * @param keys the record's partitioning keys
 */
record PrefixCase(
        String prefix,
        String errorPrefix,
        String errorType,
        Instant at,
        String zone,
        PartitionKeys keys) {

    /**
     * The evaluated prefixes.
     *
     * @param prefix that of data objects
     * @param errorPrefix that of error objects, null where it was not asked about
     */
    record Answer(String prefix, String errorPrefix) {}

    /**
     * Evaluates both prefixes by the rules of the delivery.
     *
     * @throws IllegalArgumentException saying which rule the case breaks
     */
    Answer evaluate() {
        ZoneId timeZone = NamingConfig.zone(zone);
        UUID id = UUID.randomUUID();
        return new Answer(
                data(timeZone, id),
                errorPrefix == null && errorType == null ? null : errors(timeZone, id));
    }

    /** Whether a stream could not have this prefix without an error prefix beside it. */
    boolean lacksErrorPrefix() {
        return errorPrefix == null && prefix != null && prefix.contains("!{");
    }

    private String data(ZoneId timeZone, UUID id) {
        PrefixTemplate template = PrefixTemplate.forData(prefix, timeZone);
        try {
            return PrefixTemplate.ofPartition(template.partition(keys), timeZone)
                    .evaluate(at.toEpochMilli(), null, id);
        } catch (PartitionKeyException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private String errors(ZoneId timeZone, UUID id) {
        return PrefixTemplate.forErrors(errorPrefix, prefix, timeZone)
                .evaluate(at.toEpochMilli(), type(), id);
    }

    private ErrorOutputType type() {
        if (errorType == null) {
            return ErrorOutputType.PROCESSING_FAILED;
        }
        ErrorOutputType type = ErrorOutputType.ofFolder(errorType);
        if (type == null) {
            throw new IllegalArgumentException(
                    "'"
                            + errorType
                            + "' is no error output type; one of "
                            + String.join(
                                    ", ",
                                    Arrays.stream(ErrorOutputType.values())
                                            .map(ErrorOutputType::folder)
                                            .toList()));
        }
        return type;
    }
}
