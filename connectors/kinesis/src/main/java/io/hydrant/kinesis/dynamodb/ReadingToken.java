package io.hydrant.kinesis.dynamodb;

/**
 * Where to read on in the stream of a table: the service's iterator, and what the service does not
 * remember with it.
 *
 * @param iterator the service's
 * @param from records that were created before are left out, in milliseconds since the epoch, until
 *     the first that was not; 0 to leave none out
 * @param emptyPages how many pages before had nothing, one after the other; {@link #UNREAD} where
 *     there was no page before
 */
record ReadingToken(String iterator, long from, int emptyPages) {

    /**
     * Pages without a record after which nothing is left to read.
     *
     * <p>The service does not say how far behind a reader is, and "it might take multiple calls to
     * get to a portion of the shard that contains stream records" (API reference, {@code
     * GetRecords}). How many, it does not say either.
     */
    private static final int EMPTY_PAGES_AT_TIP = 5;

    private static final int UNREAD = -1;
    private static final String SEPARATOR = ":";

    /** A token of an iterator with which nothing was read. */
    static ReadingToken unread(String iterator, long from) {
        return new ReadingToken(iterator, from, UNREAD);
    }

    static ReadingToken parse(String token) {
        String[] parts = token.split(SEPARATOR, 3);
        return new ReadingToken(parts[2], Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
    }

    /**
     * The token to go on with.
     *
     * @param next the service's, not null
     * @param read whether the page had records
     * @param wanted whether one of them was not left out
     */
    ReadingToken after(String next, boolean read, boolean wanted) {
        return new ReadingToken(
                next, wanted ? 0 : from, read ? 0 : Math.min(emptyPages + 1, EMPTY_PAGES_AT_TIP));
    }

    /** Whether nothing was read with it yet. */
    boolean isUnread() {
        return emptyPages == UNREAD;
    }

    /** Whether the page before had records, all of which were left out. */
    boolean leftOutPage() {
        return from > 0 && emptyPages == 0;
    }

    /** Whether so many pages were empty that nothing can be left. */
    boolean isAtTip() {
        return emptyPages >= EMPTY_PAGES_AT_TIP;
    }

    @Override
    public String toString() {
        return from + SEPARATOR + emptyPages + SEPARATOR + iterator;
    }
}
