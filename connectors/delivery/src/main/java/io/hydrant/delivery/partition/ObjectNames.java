package io.hydrant.delivery.partition;

import io.hydrant.delivery.deadletter.ErrorOutputType;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/**
 * Names objects as Firehose does: the evaluated prefix, then {@code
 * <stream>-<version>-<yyyy>-<MM>-<dd>-<HH>-<mm>-<ss>-<uuid><extension>}, all times being the
 * arrival of the object's oldest record.
 *
 * <p>A name is a function of the configuration, the oldest arrival and the id, so that naming an
 * object again after a failure gives the same name. Source: Firehose developer guide, "Configure
 * Amazon S3 object name format".
 *
 * <p>Not thread-safe.
 */
public final class ObjectNames {

    private static final UUID NO_ID = new UUID(0, 0);
    private static final int PARTITIONS_KEPT = 256;

    private final NamingConfig config;
    private final PrefixTemplate dataPrefix;
    private final PrefixTemplate errorPrefix;
    private final DateTimeFormatter suffixTime;

    private final long granularityMillis;
    private final long[] keptPeriods = new long[PARTITIONS_KEPT];
    private final String[] keptPartitions = new String[PARTITIONS_KEPT];

    /** Names by that configuration. */
    public ObjectNames(NamingConfig config) {
        this.config = Objects.requireNonNull(config, "config");
        ZoneId zone = config.timeZone();
        PrefixTemplate given = PrefixTemplate.forData(config.prefix(), zone);
        // An object that a checkpoint kept from before there were keys has none to be named by.
        this.dataPrefix = given.hasKeys() ? PrefixTemplate.forData("", zone) : given;
        this.errorPrefix = PrefixTemplate.forErrors(config.errorPrefix(), config.prefix(), zone);
        this.suffixTime =
                DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.US).withZone(zone);
        this.granularityMillis = dataPrefix.granularityMillis();
    }

    /**
     * The key of a data object.
     *
     * @param oldestArrivalMillis arrival of its oldest record, milliseconds since the epoch
     * @param id its identity
     */
    public String dataKey(long oldestArrivalMillis, UUID id) {
        return key(
                dataPrefix.evaluate(oldestArrivalMillis, null, id),
                oldestArrivalMillis,
                id,
                config.dataExtension());
    }

    /**
     * The key of a data object whose records have partitioning keys.
     *
     * @param partition what {@link PrefixTemplate#partition} made of them
     * @param oldestArrivalMillis arrival of its oldest record, milliseconds since the epoch
     * @param id its identity
     */
    public String dataKey(String partition, long oldestArrivalMillis, UUID id) {
        PrefixTemplate template = PrefixTemplate.ofPartition(partition, config.timeZone());
        return key(
                template.evaluate(oldestArrivalMillis, null, id),
                oldestArrivalMillis,
                id,
                config.dataExtension());
    }

    /**
     * The key of an error object.
     *
     * @param type the one kind of error that it holds
     * @param oldestArrivalMillis arrival of its oldest record, milliseconds since the epoch
     * @param id its identity
     */
    public String errorKey(ErrorOutputType type, long oldestArrivalMillis, UUID id) {
        return key(
                errorPrefix.evaluate(oldestArrivalMillis, Objects.requireNonNull(type, "type"), id),
                oldestArrivalMillis,
                id,
                config.errorExtension());
    }

    /**
     * The key of an error object under an error prefix of its own.
     *
     * @param prefix that prefix, as configured
     * @param type the one kind of error that it holds
     * @param oldestArrivalMillis arrival of its oldest record, milliseconds since the epoch
     * @param id its identity
     */
    public String errorKey(String prefix, ErrorOutputType type, long oldestArrivalMillis, UUID id) {
        PrefixTemplate template = PrefixTemplate.forErrors(prefix, "", config.timeZone());
        return key(
                template.evaluate(oldestArrivalMillis, Objects.requireNonNull(type, "type"), id),
                oldestArrivalMillis,
                id,
                config.errorExtension());
    }

    /**
     * What a data record's own prefix says of its time: records with equal partitions may share an
     * object whose prefix is right for all of them. Cheap enough to be asked for every record.
     */
    public String partition(long arrivalMillis) {
        long period = Math.floorDiv(arrivalMillis, granularityMillis);
        int slot = (int) Math.floorMod(period, (long) PARTITIONS_KEPT);
        if (keptPartitions[slot] == null || keptPeriods[slot] != period) {
            keptPeriods[slot] = period;
            keptPartitions[slot] = dataPrefix.evaluate(arrivalMillis, null, NO_ID);
        }
        return keptPartitions[slot];
    }

    private String key(String prefix, long oldestArrivalMillis, UUID id, String extension) {
        StringBuilder key = new StringBuilder(prefix.length() + 160);
        key.append(prefix).append(config.streamName()).append('-').append(config.streamVersion());
        key.append('-');
        suffixTime.formatTo(Instant.ofEpochMilli(oldestArrivalMillis), key);
        return key.append('-').append(id).append(extension).toString();
    }
}
