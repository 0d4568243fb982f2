package io.hydrant.delivery.deadletter;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.Part;

import java.util.Objects;

/**
 * A record as it was found in an error object.
 *
 * @param record the record, with the identity that the line gives it; else that of the line itself
 * @param part which part of its record it is
 * @param route the table that was chosen for it, as {@link io.hydrant.delivery.RouteText} writes
 *     it; empty where the line says none, as those of older releases do
 */
public record DeadLetter(Envelope record, Part part, String route) {

    /** Validates that nothing is missing. */
    public DeadLetter {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(route, "route");
    }
}
