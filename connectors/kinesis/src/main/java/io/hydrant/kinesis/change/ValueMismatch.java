package io.hydrant.kinesis.change;

/** What happens to a value that does not fit its column. */
public enum ValueMismatch {
    /** The job fails, saying which column, which value, and what would fit. */
    FAIL,
    /** The value is NULL, and the metric {@code mismatchedValues} counts it. */
    NULL
}
