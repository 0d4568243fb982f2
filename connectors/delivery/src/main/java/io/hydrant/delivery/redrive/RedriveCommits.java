package io.hydrant.delivery.redrive;

import java.io.IOException;
import java.util.UUID;

/**
 * What a redrive commits that is in no object, such as rows of tables. It takes the records of one
 * error object, however that is done, and is then asked to prepare them.
 *
 * <p>Whoever redrives stores what was prepared before it is committed, and a note when all of it is
 * through. In between it may be committed any number of times, by any process, and by two at once;
 * it must take effect once.
 */
public interface RedriveCommits {

    /** For destinations that are objects. */
    RedriveCommits NONE =
            new RedriveCommits() {
                @Override
                public PreparedCommits prepare(UUID redrive) {
                    return null;
                }

                @Override
                public void commit(UUID redrive, byte[] prepared, SettledCheck settled)
                        throws IOException {
                    throw new IOException(
                            "A redrive that ended halfway has rows for tables, and this configuration delivers to objects; finish it with the configuration that it was begun with");
                }

                @Override
                public void settled(UUID redrive) {
                    // There is nothing to forget.
                }

                @Override
                public void discard() {
                    // There is nothing to give up.
                }

                @Override
                public void abandon(byte[] prepared) {
                    // There is nothing to remove.
                }
            };

    /**
     * Makes what was taken since the last call ready; nobody sees it yet.
     *
     * @param redrive id of the redrive, a function of the error object
     * @return null where nothing was taken
     */
    PreparedCommits prepare(UUID redrive) throws IOException, InterruptedException;

    /**
     * Commits what was prepared, once, whoever else does.
     *
     * @param prepared the bytes, as they were prepared
     * @param settled is asked where nothing shows that it was committed, since that may have been
     *     forgotten since it is noted
     */
    void commit(UUID redrive, byte[] prepared, SettledCheck settled)
            throws IOException, InterruptedException;

    /** It is noted that the redrive is through, so it need not be remembered any more. */
    void settled(UUID redrive);

    /** Gives up what was taken since the last call of {@link #prepare}. */
    void discard() throws IOException;

    /** Removes what was prepared and is not going to be committed, as far as that can be. */
    void abandon(byte[] prepared);
}
