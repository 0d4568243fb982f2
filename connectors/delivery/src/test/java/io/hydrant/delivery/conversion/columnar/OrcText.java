package io.hydrant.delivery.conversion.columnar;

import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.StringJoiner;

/** Shows a row of an ORC file as text. */
final class OrcText {

    private OrcText() {}

    static String of(TypeDescription schema, VectorizedRowBatch batch, int row) {
        return struct(schema, batch.cols, row);
    }

    private static String struct(TypeDescription type, ColumnVector[] fields, int row) {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        List<String> names = type.getFieldNames();
        for (int i = 0; i < fields.length; i++) {
            text.add(names.get(i) + "=" + value(type.getChildren().get(i), fields[i], row));
        }
        return text.toString();
    }

    private static String value(TypeDescription type, ColumnVector column, int at) {
        int row = column.isRepeating ? 0 : at;
        if (!column.noNulls && column.isNull[row]) {
            return "null";
        }
        return switch (type.getCategory()) {
            case BOOLEAN -> String.valueOf(((LongColumnVector) column).vector[row] != 0);
            case BYTE, SHORT, INT, LONG -> String.valueOf(((LongColumnVector) column).vector[row]);
            case DATE -> LocalDate.ofEpochDay(((LongColumnVector) column).vector[row]).toString();
            case FLOAT, DOUBLE -> String.valueOf(((DoubleColumnVector) column).vector[row]);
            case DECIMAL -> ((DecimalColumnVector) column).vector[row].toString();
            case STRING, VARCHAR, CHAR, BINARY -> {
                BytesColumnVector bytes = (BytesColumnVector) column;
                yield new String(
                        bytes.vector[row],
                        bytes.start[row],
                        bytes.length[row],
                        StandardCharsets.UTF_8);
            }
            case TIMESTAMP -> {
                TimestampColumnVector timestamps = (TimestampColumnVector) column;
                yield Instant.ofEpochSecond(
                                Math.floorDiv(timestamps.time[row], 1000L), timestamps.nanos[row])
                        .toString();
            }
            case STRUCT -> struct(type, ((StructColumnVector) column).fields, row);
            case LIST -> {
                ListColumnVector list = (ListColumnVector) column;
                StringJoiner text = new StringJoiner(", ", "[", "]");
                for (long i = 0; i < list.lengths[row]; i++) {
                    text.add(
                            value(
                                    type.getChildren().get(0),
                                    list.child,
                                    (int) (list.offsets[row] + i)));
                }
                yield text.toString();
            }
            case MAP -> {
                MapColumnVector map = (MapColumnVector) column;
                StringJoiner text = new StringJoiner(", ", "(", ")");
                for (long i = 0; i < map.lengths[row]; i++) {
                    int place = (int) (map.offsets[row] + i);
                    text.add(
                            value(type.getChildren().get(0), map.keys, place)
                                    + "->"
                                    + value(type.getChildren().get(1), map.values, place));
                }
                yield text.toString();
            }
            default -> throw new AssertionError(type);
        };
    }
}
