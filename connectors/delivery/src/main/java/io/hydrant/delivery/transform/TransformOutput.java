package io.hydrant.delivery.transform;

import java.util.List;
import java.util.Map;

/**
 * Takes the decision about a record, in the terms of Firehose's data transformation: {@code Ok},
 * {@code Dropped}, {@code ProcessingFailed}.
 *
 * <p>Source: Firehose developer guide, "Required parameters for data transformation".
 */
public interface TransformOutput {

    /** The record goes on as it is. */
    void ok();

    /**
     * The record goes on with another payload.
     *
     * @param payload the new payload, given away by the caller; empty is allowed, null is not
     */
    void ok(byte[] payload);

    /**
     * The record goes on with another payload, under a prefix of its own.
     *
     * @param payload the new payload, given away by the caller; empty is allowed, null is not
     * @param partitionKeys its keys for {@code !{partitionKeyFromLambda:key}} in the prefix, and
     *     their values
     */
    void ok(byte[] payload, Map<String, String> partitionKeys);

    /**
     * The record becomes several, which go on in that order; all of them or, where one of them has
     * no partitioning key, none. Firehose knows nothing like it.
     *
     * @param records what it becomes; none drops it
     */
    void several(List<TransformedRecord> records);

    /** The record is left out on purpose; the ledger counts it as dropped. */
    void dropped();

    /**
     * The record cannot go on and goes to the error prefix with the payload that it came with.
     *
     * @param code short name of the reason, such as {@code Transform.NoTimestamp}
     * @param message what to tell the one who reads the error object; should not repeat the payload
     */
    void processingFailed(String code, String message);
}
