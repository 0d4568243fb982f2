package io.hydrant.kinesis.sink;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves records out; the log has the first, the tenth, the hundredth of a task and so on. */
final class DroppedRecords implements RejectedRecords {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(DroppedRecords.class);

    private long count;
    private long nextLogged = 1;

    @Override
    public void rejected(String partitionKey, byte[] data, String reason) {
        count++;
        if (count == nextLogged) {
            nextLogged *= 10;
            LOG.warn("Left {} records out so far, now this one: {}", count, reason);
        }
    }
}
