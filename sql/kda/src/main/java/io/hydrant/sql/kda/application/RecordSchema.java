package io.hydrant.sql.kda.application;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns that a record becomes, and how it is read; KDA's {@code SourceSchema}.
 *
 * @param columns in the order in which the stream has them
 * @param format how rows stand in a record; always UTF-8
 */
public record RecordSchema(List<RecordColumn> columns, RecordFormat format)
        implements Serializable {

    public RecordSchema {
        // ArrayList: serializable with every list implementation that the JDK may copy into.
        columns = new ArrayList<>(columns);
    }

    @Override
    public List<RecordColumn> columns() {
        return List.copyOf(columns);
    }
}
