package io.hydrant.sql.kda.run;

import org.apache.flink.table.data.RowData;

import java.io.Serializable;
import java.util.List;

/** The rows of a reference table, which may change while a job runs. */
@FunctionalInterface
public interface ReferenceRows extends Serializable, AutoCloseable {

    /** The rows as of now; the same list as long as nothing has changed. */
    List<RowData> current();

    /** Releases what reading took; called once by each task, also where it read nothing. */
    @Override
    default void close() {}
}
