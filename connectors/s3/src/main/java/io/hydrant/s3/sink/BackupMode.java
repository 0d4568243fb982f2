package io.hydrant.s3.sink;

/** Which records are kept as they came, beside those that are delivered. */
public enum BackupMode {
    /** None. */
    DISABLED,
    /** All. */
    ENABLED,
    /** Those that fail, as they are in the error documents; Hydrant's own. */
    FAILED_ONLY
}
