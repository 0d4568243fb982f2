package io.hydrant.jobs.gateway.plain;

import io.hydrant.kinesis.sink.RecordReceipt;

/** What became of a record of a request. */
enum Outcome {
    STORED(null),
    THROTTLED("throttled"),
    /** It may be in the stream all the same. */
    UNANSWERED("unanswered"),
    REFUSED("refused"),
    /** Those before it failed, and waiting for this one, too, would take too long. */
    UNTRIED("not-tried");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** What answers call it. */
    String word() {
        return word;
    }

    static Outcome of(RecordReceipt.Fate fate) {
        return switch (fate) {
            case DELIVERED -> STORED;
            case THROTTLED -> THROTTLED;
            case FAILED -> UNANSWERED;
            case REFUSED -> REFUSED;
        };
    }
}
