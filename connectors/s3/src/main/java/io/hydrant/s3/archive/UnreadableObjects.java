package io.hydrant.s3.archive;

/** What is done about an object of an archive that cannot be read to its end. */
public enum UnreadableObjects {
    /** The job fails, and says which object it is. */
    FAIL,
    /** The rest of the object is left out; the log and a metric say so. */
    SKIP
}
