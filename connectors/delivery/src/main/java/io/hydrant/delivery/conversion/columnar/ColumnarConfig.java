package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.conversion.schema.HiveType;

import java.io.IOException;
import java.io.Serializable;

/** How columnar files are written; one record for each format that there is. */
public sealed interface ColumnarConfig extends Serializable permits ParquetConfig, OrcConfig {

    /** The format. */
    ColumnarFormat format();

    /** Begins a file for rows of these columns. */
    ColumnarFile open(HiveType.Struct columns) throws IOException;

    /** The format with all its defaults. */
    static ColumnarConfig defaultOf(ColumnarFormat format) {
        return switch (format) {
            case PARQUET -> ParquetConfig.DEFAULT;
            case ORC -> OrcConfig.DEFAULT;
        };
    }
}
