package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Propagation;
import io.hydrant.kinesis.stream.RecordPage;

import java.util.List;

/**
 * The rule by which a shard has been read up to the end of a bounded read.
 *
 * <p>The first record that arrived at the end or later is not read, nor is any behind it. That is
 * where a read that begins {@code AT_TIMESTAMP} at the same time starts, so the two leave no gap
 * and share no record, whatever the arrival times of later records. A shard to which no such record
 * comes has ended when the service has nothing more at a time at which all that arrived before the
 * end must be in sight.
 */
final class EndCheck {

    private EndCheck() {}

    /** How many records of a page lie before the end. */
    static int before(List<Envelope> records, long end) {
        if (end == KinesisShardSplit.NO_END) {
            return records.size();
        }
        int count = 0;
        while (count < records.size() && records.get(count).arrivalMillis() < end) {
            count++;
        }
        return count;
    }

    /**
     * Whether a page without records says that none from before the end will come.
     *
     * @param calledAt when it was asked for, in milliseconds since the epoch; taken where the
     *     service does not tell its time
     */
    static boolean isReached(RecordPage page, long end, long calledAt) {
        return page.isAtTip()
                && Propagation.isOver(
                        end,
                        page.serverTime() == null ? calledAt : page.serverTime().toEpochMilli());
    }
}
