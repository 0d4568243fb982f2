package io.hydrant.kinesis.table;

import io.hydrant.core.record.Envelope;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a column {@code METADATA FROM '…'} may show of a record. {@code timestamp}, {@code shard-id}
 * and {@code sequence-number} are named and typed as in Flink's official connector.
 */
enum MetadataColumn {
    TIMESTAMP("timestamp", arrivalType(), MetadataColumn::arrival),
    ARRIVAL_TIMESTAMP("arrival-timestamp", arrivalType(), MetadataColumn::arrival),
    SHARD_ID("shard-id", text(128), envelope -> StringData.fromString(envelope.shard())),
    SEQUENCE_NUMBER(
            "sequence-number", text(128), envelope -> StringData.fromString(envelope.sequence())),
    SUB_SEQUENCE_NUMBER("sub-sequence-number", DataTypes.BIGINT().notNull(), Envelope::subSequence),
    PARTITION_KEY(
            "partition-key", text(256), envelope -> StringData.fromString(envelope.partitionKey())),
    STREAM("stream", text(128), envelope -> StringData.fromString(envelope.stream())),
    KEYS("keys", DataTypes.STRING().notNull(), PARTITION_KEY.value),
    TABLE("table", text(255), STREAM.value);

    /** Of a record of a Kinesis stream. */
    static final Set<MetadataColumn> OF_KINESIS = EnumSet.complementOf(EnumSet.of(KEYS, TABLE));

    /** Of a record of the stream of a DynamoDB table. */
    static final Set<MetadataColumn> OF_TABLE =
            EnumSet.of(TIMESTAMP, ARRIVAL_TIMESTAMP, SHARD_ID, SEQUENCE_NUMBER, KEYS, TABLE);

    private final String key;
    private final DataType type;
    private final Function<Envelope, Object> value;

    MetadataColumn(String key, DataType type, Function<Envelope, Object> value) {
        this.key = key;
        this.type = type;
        this.value = value;
    }

    /** The keys of some columns with their types, in the order of this list. */
    static Map<String, DataType> types(Set<MetadataColumn> columns) {
        Map<String, DataType> types = new LinkedHashMap<>();
        for (MetadataColumn column : columns) {
            types.put(column.key, column.type);
        }
        return types;
    }

    /** The columns of some keys, each of which is one of {@link #types}. */
    static List<MetadataColumn> of(List<String> keys) {
        return keys.stream()
                .map(
                        key ->
                                Arrays.stream(values())
                                        .filter(column -> column.key.equals(key))
                                        .findFirst()
                                        .orElseThrow())
                .toList();
    }

    /** The value of a record in Flink's internal form, never null. */
    Object of(Envelope envelope) {
        return value.apply(envelope);
    }

    private static DataType arrivalType() {
        return DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(3).notNull();
    }

    private static DataType text(int length) {
        return DataTypes.VARCHAR(length).notNull();
    }

    private static TimestampData arrival(Envelope envelope) {
        return TimestampData.fromEpochMillis(envelope.arrivalMillis());
    }
}
