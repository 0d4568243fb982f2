package io.hydrant.kinesis.sink;

import io.hydrant.core.outcome.Outcome;
import io.hydrant.kinesis.stream.StreamFailure;

import java.util.Set;

/**
 * Says what an answer to {@code PutRecords} means for the records that were put.
 *
 * <p>Nothing here is {@link Outcome#POISON}: what the service would refuse in a single record is
 * refused before it is put ({@link PutLimits}).
 *
 * <p>Source: Kinesis Data Streams API reference, {@code PutRecords} and its errors.
 */
final class PutClassifier {

    private static final Set<String> THROTTLING =
            Set.of("ProvisionedThroughputExceededException", "KMSThrottlingException");

    /** Errors of the stream's key or of permissions, which come per record, too. */
    private static final Set<String> FATAL =
            Set.of(
                    "KMSAccessDeniedException",
                    "KMSDisabledException",
                    "KMSInvalidStateException",
                    "KMSNotFoundException",
                    "KMSOptInRequired",
                    "AccessDeniedException",
                    "ResourceNotFoundException",
                    "InvalidArgumentException",
                    "ValidationException");

    private PutClassifier() {}

    /**
     * Judges one record's answer.
     *
     * @param errorCode of the record, null where it was taken
     * @return unknown codes are worth another try, as the service documents only such
     */
    static Outcome ofRecord(String errorCode) {
        if (errorCode == null) {
            return Outcome.DELIVERED;
        }
        return FATAL.contains(errorCode) ? Outcome.FATAL : Outcome.RETRY;
    }

    /** Whether a record failed because its shard or key had too much to do. */
    static boolean isThrottling(String errorCode) {
        return THROTTLING.contains(errorCode);
    }

    /** Judges a call that failed as a whole. */
    static Outcome ofCall(StreamFailure failure) {
        return switch (failure) {
            case THROTTLED, TRANSIENT -> Outcome.RETRY;
            case INTERRUPTED, FATAL, ITERATOR_EXPIRED -> Outcome.FATAL;
        };
    }
}
