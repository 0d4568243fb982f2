package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerLine;
import io.hydrant.delivery.ledger.LedgerTally;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Makes ledger entries. */
public final class LedgerSamples {

    private LedgerSamples() {}

    /** The entry of an object that holds the one record of that index. */
    public static LedgerEntry data(long index) {
        LedgerTally tally = new LedgerTally();
        tally.add(Records.record(index).envelope());
        return LedgerEntry.ofObject(
                new UUID(7, index),
                EntryKind.DATA,
                "s3://bucket/key-" + index,
                100,
                500,
                tally,
                "flights",
                "1");
    }

    /** An entry as its line, newline included. */
    public static String line(LedgerEntry entry) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LedgerLine.write(entry, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
