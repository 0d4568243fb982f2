package io.hydrant.kinesis.stream;

import java.io.IOException;

/**
 * An answer came whole and is none that we can read. Waiting may mend it (a proxy that writes its
 * own pages), so it is asked for again like one that was cut off; unlike there, somebody may have
 * to do something.
 */
final class UnreadableAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableAnswerException(String message) {
        super(
                message
                        + ". It is asked for again; if that goes on, see what answers at the endpoint, or set"
                        + " source.shard.get-records.decoding: SDK");
    }
}
