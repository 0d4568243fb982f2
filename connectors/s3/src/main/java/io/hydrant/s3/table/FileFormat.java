package io.hydrant.s3.table;

import io.hydrant.delivery.conversion.columnar.ColumnarFormat;

import java.util.Arrays;
import java.util.Locale;

/** The formats of a table that make files of many rows, and not bytes of each. */
enum FileFormat {
    PARQUET(ColumnarFormat.PARQUET),
    ORC(ColumnarFormat.ORC);

    private final ColumnarFormat columnar;

    FileFormat(ColumnarFormat columnar) {
        this.columnar = columnar;
    }

    /** The format of that name, null where it is one that makes bytes of each row. */
    static FileFormat of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.identifier().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Its name in a DDL. */
    String identifier() {
        return name().toLowerCase(Locale.ROOT);
    }

    ColumnarFormat columnar() {
        return columnar;
    }
}
