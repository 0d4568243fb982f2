package io.hydrant.delivery.conversion;

import io.hydrant.delivery.conversion.schema.HiveType;

import java.io.IOException;
import java.io.Serializable;

/**
 * Says which columns a table has now, so that a delivery takes up a new version of it while it
 * runs. Goes to every task with the job; calls may come from any thread, one at a time.
 */
@FunctionalInterface
public interface TableColumnsSource extends Serializable {

    /**
     * The columns as they are now.
     *
     * @throws IOException if they cannot be had; the message says the way out
     */
    HiveType.Struct columns() throws IOException;
}
