package io.hydrant.delivery.ledger;

import java.io.IOException;

/** Says that a line is no ledger entry, or one that this release cannot read, and why. */
public final class CorruptLedgerException extends IOException {

    private static final long serialVersionUID = 1L;

    CorruptLedgerException(String message) {
        super(message);
    }

    CorruptLedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
