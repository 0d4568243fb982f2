package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowInput;

import java.io.IOException;

/** One columnar file that is being written, in memory. Not thread-safe. */
public interface ColumnarFile extends AutoCloseable {

    /** Writes the next row of the input. */
    void append(RowInput rows) throws IOException;

    /** Ends the file and gives its bytes away; nothing may be appended afterwards. */
    GrowingBytes finish() throws IOException;

    /** Frees what the file holds, ended or not; may be called again. */
    @Override
    void close();
}
