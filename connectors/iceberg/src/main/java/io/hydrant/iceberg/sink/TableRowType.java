package io.hydrant.iceberg.sink;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeSerializer;
import io.hydrant.core.record.ImmutableSerializer;
import io.hydrant.core.record.ImmutableTypeInformation;
import io.hydrant.delivery.Part;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.RowKind;

import java.io.IOException;

/**
 * Flink's type of a row. Only the record goes from task to task: it is what every schema can be
 * read with, and no larger than the row. Never in state, so it has no versions.
 */
final class TableRowType extends ImmutableTypeInformation<TableRow> {

    static final TableRowType INSTANCE = new TableRowType();

    private static final long serialVersionUID = 1L;

    private TableRowType() {
        super(TableRow.class, Serializer.INSTANCE);
    }

    /** Writes and reads rows. */
    static final class Serializer extends ImmutableSerializer<TableRow> {

        static final Serializer INSTANCE = new Serializer();

        private static final long serialVersionUID = 1L;

        @Override
        public TableRow createInstance() {
            return new TableRow(
                    "",
                    RowKind.INSERT,
                    0,
                    0,
                    EnvelopeSerializer.INSTANCE.createInstance(),
                    Part.WHOLE,
                    null);
        }

        @Override
        public void serialize(TableRow row, DataOutputView out) throws IOException {
            out.writeUTF(row.table());
            out.writeByte(row.kind().toByteValue());
            out.writeInt(row.schemaId());
            out.writeInt(row.distribution());
            EnvelopeSerializer.INSTANCE.serialize(row.record(), out);
            out.writeInt(row.part().index());
            out.writeBoolean(row.part().isLast());
        }

        @Override
        public TableRow deserialize(DataInputView in) throws IOException {
            String table = in.readUTF();
            RowKind kind = RowKind.fromByteValue(in.readByte());
            int schemaId = in.readInt();
            int distribution = in.readInt();
            Envelope record = EnvelopeSerializer.INSTANCE.deserialize(in);
            Part part = Part.of(in.readInt(), in.readBoolean());
            return new TableRow(table, kind, schemaId, distribution, record, part, null);
        }

        @Override
        public TypeSerializerSnapshot<TableRow> snapshotConfiguration() {
            return new Snapshot();
        }

        /** The serializer's name in a savepoint. */
        public static final class Snapshot extends SimpleTypeSerializerSnapshot<TableRow> {

            /** For Flink. */
            public Snapshot() {
                super(() -> INSTANCE);
            }
        }
    }
}
