package io.hydrant.delivery.processing;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.deadletter.Failure;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a transform made of one record: records that go on, none where it was dropped, or the reason
 * why it cannot go on.
 *
 * @param kept what goes on, in its order
 * @param failure why the record goes to the dead letter, else null
 */
public record TransformResult(List<Kept> kept, Failure failure) {

    /** The record was left out on purpose. */
    public static final TransformResult DROPPED = new TransformResult(List.of(), null);

    /**
     * A record that goes on.
     *
     * @param record the record with the payload that it has now
     * @param partitionKeys its keys for {@code !{partitionKeyFromLambda:key}}
     * @param route the table that was chosen for it, see {@link io.hydrant.delivery.RouteText};
     *     empty where none was
     */
    public record Kept(Envelope record, Map<String, String> partitionKeys, String route) {

        /** A record for which no table was chosen. */
        public Kept(Envelope record, Map<String, String> partitionKeys) {
            this(record, partitionKeys, "");
        }

        /** Copies the keys; none is null. */
        public Kept {
            Objects.requireNonNull(record, "record");
            Objects.requireNonNull(route, "route");
            partitionKeys = Map.copyOf(partitionKeys);
        }
    }

    /** Copies the list, and validates that a record which cannot go on has none. */
    public TransformResult {
        kept = List.copyOf(kept);
        if (failure != null && !kept.isEmpty()) {
            throw new IllegalArgumentException("What failed cannot go on as " + kept);
        }
    }

    /** The record goes on as one. */
    public static TransformResult kept(Envelope record, Map<String, String> partitionKeys) {
        return new TransformResult(List.of(new Kept(record, partitionKeys)), null);
    }

    /** The record goes on as that. */
    public static TransformResult kept(Envelope record) {
        return kept(record, Map.of());
    }

    /** The record cannot go on. */
    public static TransformResult failed(Failure failure) {
        return new TransformResult(List.of(), Objects.requireNonNull(failure, "failure"));
    }
}
