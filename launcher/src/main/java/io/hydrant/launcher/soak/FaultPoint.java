package io.hydrant.launcher.soak;

/** Where a call to the store can fail: before the store did it, or after, with the answer lost. */
enum FaultPoint {
    BEGIN_UPLOAD,
    BEGIN_UPLOAD_ANSWER,
    PART,
    PART_ANSWER,
    PUT,
    PUT_ANSWER,
    COMPLETE,
    COMPLETE_ANSWER,
    LEDGER,
    LEDGER_ANSWER;

    /** Whether only an object of several parts comes by here. */
    boolean needsParts() {
        return switch (this) {
            case BEGIN_UPLOAD, BEGIN_UPLOAD_ANSWER, PART, PART_ANSWER, COMPLETE, COMPLETE_ANSWER ->
                    true;
            case PUT, PUT_ANSWER, LEDGER, LEDGER_ANSWER -> false;
        };
    }
}
