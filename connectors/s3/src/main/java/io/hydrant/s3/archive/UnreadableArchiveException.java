package io.hydrant.s3.archive;

import java.io.IOException;

/** Says which object of an archive cannot be read to its end, and why. */
public final class UnreadableArchiveException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
