package io.hydrant.jobs.ingest.restream;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;

/**
 * How far a shard's records are counted.
 *
 * <p>A record that is read again has the number that it had before, under the same producer,
 * because the count is in the checkpoint that reading goes on from, and a shard is read in one
 * order. Where a count begins anew, because there is none yet or because what was read may have a
 * gap, it begins under the name of its first record, so that no two records ever share a stamp:
 * those with one number are of different producers.
 *
 * @param producer the name under which they are counted
 * @param next the number of the next one
 */
record ShardCount(String producer, long next) {

    /** Of 6 bits each: enough that no two names of a stream's readers ever meet. */
    private static final int NAME_LENGTH = 22;

    /**
     * Whether what was counted up to now says nothing of what follows: a marker of the source, of a
     * loss or of the place where reading began, stands for records that one attempt may have seen
     * and another not.
     */
    static boolean endsAt(Envelope envelope) {
        return LostRange.isMarker(envelope) || ReadingBegin.isMarker(envelope);
    }

    /**
     * The count in front of its first record.
     *
     * @param job a name that no other job has
     * @param stream the stream's ARN
     */
    static ShardCount before(Envelope first, String job, String stream) {
        String name =
                String.join(
                        "\n",
                        job,
                        stream,
                        first.shard(),
                        first.sequence(),
                        Long.toString(first.subSequence()));
        return new ShardCount(Names.of(name, NAME_LENGTH), 0);
    }

    /** The next record, with its number. */
    NumberedRecord number(Envelope record) {
        return new NumberedRecord(record, producer, next);
    }

    /** The count behind it. */
    ShardCount advanced() {
        return new ShardCount(producer, next + 1);
    }
}
