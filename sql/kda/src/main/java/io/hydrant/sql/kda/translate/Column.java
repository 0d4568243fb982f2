package io.hydrant.sql.kda.translate;

import org.apache.flink.table.types.logical.LogicalType;

import java.io.Serializable;

/**
 * A column of a stream, a reference table or a stage.
 *
 * @param name as quoted SQL has to write it
 * @param type Flink's type
 */
public record Column(String name, LogicalType type) implements Serializable {

    /** The name of the column that every row of a stream carries its time in. */
    public static final String ROWTIME = "ROWTIME";
}
