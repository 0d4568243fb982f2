package io.hydrant.delivery.json;

/**
 * Whether to try a scan before a parser: records of one stream are alike, and where many are not
 * plain, trying is in vain. Not thread-safe.
 */
public final class ScanChance {

    /** Records in a row that are left to the parser at most until a scan is tried again. */
    private static final int LONGEST_PAUSE = 1024;

    private int pause;
    private int nextPause;

    /** Whether the next record is to be scanned; {@link #came} is told what came of it. */
    public boolean isToBeTaken() {
        if (pause > 0) {
            pause--;
            return false;
        }
        return true;
    }

    /** The scan has read the record, or has left it to the parser. */
    public void came(boolean wasRead) {
        if (wasRead) {
            nextPause = 0;
        } else {
            pause = nextPause;
            nextPause = Math.min(LONGEST_PAUSE, 2 * nextPause + 1);
        }
    }
}
