package io.hydrant.kinesis.table;

import io.hydrant.core.record.Envelope;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the rows of a user record: what the format reads from the payload, then the metadata
 * columns. A format may make no row of a record, or several.
 */
final class RowDecoder implements Serializable {

    private static final long serialVersionUID = 1L;

    private final DeserializationSchema<RowData> format;
    private final int[] projection;
    private final MetadataColumn[] metadata;

    private transient List<RowData> decoded;
    private transient Collector<RowData> collector;

    /**
     * A decoder that is not open yet.
     *
     * @param format reads payloads
     * @param projection which of its columns are wanted, or null for all of them in their order
     * @param metadata columns that follow
     */
    RowDecoder(
            DeserializationSchema<RowData> format,
            int[] projection,
            List<MetadataColumn> metadata) {
        this.format = format;
        this.projection = projection == null ? null : projection.clone();
        this.metadata = metadata.toArray(MetadataColumn[]::new);
    }

    void open(DeserializationSchema.InitializationContext context) throws Exception {
        format.open(context);
        decoded = new ArrayList<>();
        collector = new RowCollector(decoded);
    }

    /**
     * The rows of a record, valid until the next call.
     *
     * @throws UndecodableRecordException if the format cannot read the payload
     */
    List<RowData> decode(Envelope envelope) {
        decoded.clear();
        try {
            format.deserialize(payload(envelope), collector);
        } catch (IOException | RuntimeException e) {
            throw UndecodableRecordException.of(envelope, e);
        }
        if (projection != null) {
            decoded.replaceAll(row -> ProjectedRowData.from(projection).replaceRow(row));
        }
        if (metadata.length > 0 && !decoded.isEmpty()) {
            RowData columns = metadata(envelope);
            decoded.replaceAll(row -> new JoinedRowData(row.getRowKind(), row, columns));
        }
        return decoded;
    }

    /**
     * Without a copy where the record has its array to itself, as all have that are no part of an
     * aggregate.
     */
    private static byte[] payload(Envelope envelope) {
        byte[] array = envelope.payloadArray();
        return envelope.payloadLength() == array.length ? array : envelope.payloadCopy();
    }

    private RowData metadata(Envelope envelope) {
        GenericRowData columns = new GenericRowData(metadata.length);
        for (int i = 0; i < metadata.length; i++) {
            columns.setField(i, metadata[i].of(envelope));
        }
        return columns;
    }

    /** Keeps rows; a format that passes over a record may give null in place of one. */
    private record RowCollector(List<RowData> rows) implements Collector<RowData> {

        @Override
        public void collect(RowData row) {
            if (row != null) {
                rows.add(row);
            }
        }

        @Override
        public void close() {}
    }
}
