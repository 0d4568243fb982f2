package io.hydrant.kinesis.table;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.change.MismatchException;

import java.nio.charset.StandardCharsets;

/**
 * A table's format could not read a record.
 *
 * <p>Says which record it was and what the format found wrong, and nothing of the payload beyond
 * what the format's own reason quotes in few characters: formats put whole payloads into their
 * messages, which may be large and secret, so those messages are not passed on as they are.
 */
public final class UndecodableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_REASON = 200;

    private UndecodableRecordException(String message) {
        super(message);
    }

    static UndecodableRecordException of(Envelope envelope, Exception problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        UndecodableRecordException failure =
                new UndecodableRecordException(
                        "Record "
                                + envelope.sequence()
                                + (envelope.subSequence() == 0
                                        ? ""
                                        : " (sub-sequence number " + envelope.subSequence() + ")")
                                + " of shard "
                                + envelope.shard()
                                + " of stream "
                                + envelope.stream()
                                + ", "
                                + envelope.payloadLength()
                                + " bytes, cannot be read in the table's format: "
                                + reason(root, envelope)
                                + ". Mend the table's columns or format, or let the format pass over such"
                                + " records, as '<format>.ignore-parse-errors' = 'true' does for json and csv");
        failure.setStackTrace(root.getStackTrace());
        return failure;
    }

    private static String reason(Throwable root, Envelope envelope) {
        if (root instanceof MismatchException) {
            return root.getMessage();
        }
        String type = root.getClass().getSimpleName();
        if (root.getMessage() == null) {
            return type;
        }
        String message = root.getMessage().lines().findFirst().orElse("");
        String payload = new String(envelope.payloadCopy(), StandardCharsets.UTF_8);
        if (!payload.isEmpty()) {
            message = message.replace(payload, "…");
        }
        return type
                + ": "
                + (message.length() > LONGEST_REASON
                        ? message.substring(0, LONGEST_REASON) + "…"
                        : message);
    }
}
