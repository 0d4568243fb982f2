package io.hydrant.delivery.ledger;

import java.io.IOException;
import java.util.List;

/** Where the entries of a ledger are kept, for who commits to something else than objects. */
public interface LedgerStore extends AutoCloseable {

    /**
     * Returns once the entries are durable. Writing an entry again changes nothing, since readers
     * know it by its id.
     *
     * @param entries at least one
     */
    void write(List<LedgerEntry> entries) throws IOException, InterruptedException;

    @Override
    void close();
}
