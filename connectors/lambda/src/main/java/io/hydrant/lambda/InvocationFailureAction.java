package io.hydrant.lambda;

/** What happens when an invocation failed as often as is allowed. */
public enum InvocationFailureAction {
    /** Its records go to the error prefix, and the job goes on. */
    DEAD_LETTER,
    /** The job fails; nothing is lost, and nothing goes on until the function works. */
    FAIL_JOB
}
