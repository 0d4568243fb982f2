package io.hydrant.redshift;

/** What a job does where no load can work until somebody mends the warehouse or the options. */
public enum ErrorAction {
    /** The job fails and says why. */
    FAIL,
    /** The job runs on; what is staged waits in the queue and is tried again until it works. */
    WAIT
}
