package io.hydrant.expression;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.conversion.schema.HiveType;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;

/** A column that every record has, whatever its payload; no part of {@code SELECT *}. */
enum RecordColumn {
    /** Name of the stream. */
    STREAM_NAME(HiveType.Simple.STRING, Envelope::stream),
    /** Id of the shard. */
    SHARD_ID(HiveType.Simple.STRING, Envelope::shard),
    /** Sequence number. */
    SEQUENCE_NUMBER(HiveType.Simple.STRING, Envelope::sequence),
    /** Partition key of the user record. */
    PARTITION_KEY(HiveType.Simple.STRING, Envelope::partitionKey),
    /** Arrival at the stream. */
    ARRIVAL_TIME(HiveType.Simple.TIMESTAMP, Envelope::arrivalMillis),
    /** The whole record as text in UTF-8. */
    PAYLOAD(HiveType.Simple.STRING, RecordColumn::text);

    private final HiveType type;
    private final Function<Envelope, Object> value;

    RecordColumn(HiveType type, Function<Envelope, Object> value) {
        this.type = type;
        this.value = value;
    }

    HiveType.Field field() {
        return new HiveType.Field(name().toLowerCase(Locale.ROOT), type);
    }

    Object valueOf(Envelope record) {
        return value.apply(record);
    }

    private static String text(Envelope record) {
        return new String(
                record.payloadArray(),
                record.payloadOffset(),
                record.payloadLength(),
                StandardCharsets.UTF_8);
    }
}
