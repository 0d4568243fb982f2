package io.hydrant.core.outcome;

/**
 * What became of one attempt to deliver; every destination has one pure function that says which.
 *
 * <p>Data never fails a job: what the destination will never take is {@link #POISON} and goes to
 * the dead letter with its payload. Only what no record caused, and no waiting mends, is {@link
 * #FATAL}.
 */
public enum Outcome {
    /** The destination has it. */
    DELIVERED,
    /** It may work later: back to the buffer, and try again after a pause. */
    RETRY,
    /** This data will never be taken: to the dead letter, and go on. */
    POISON,
    /**
     * Nothing will be taken (no permission, no such bucket): fail the job with a message that says
     * what to mend.
     */
    FATAL
}
