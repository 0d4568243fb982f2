package io.hydrant.s3.sink;

import io.hydrant.delivery.conversion.columnar.ColumnarConfig;
import io.hydrant.delivery.conversion.schema.HiveType;

import java.util.ArrayList;
import java.util.List;

/**
 * What an open object of rows has beside its buffer: the columns that its rows were written for,
 * the file that they will become, and the rows that are staged already.
 */
final class RowLog {

    final HiveType.Struct columns;
    final ColumnarConfig file;
    final List<Segment> segments = new ArrayList<>();

    RowLog(HiveType.Struct columns, ColumnarConfig file) {
        this.columns = columns;
        this.file = file;
    }

    boolean isAllStored() {
        return segments.stream().allMatch(Segment::isStored);
    }

    List<String> keys() {
        return segments.stream().map(segment -> segment.key).toList();
    }
}
