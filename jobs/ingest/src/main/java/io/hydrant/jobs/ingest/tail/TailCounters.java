package io.hydrant.jobs.ingest.tail;

/** What a flow has read and seen, for metrics; written by the task's thread alone. */
final class TailCounters {

    /** Bytes read, those read again included. */
    long bytes;

    /** Bytes left out behind records that were too long. */
    long discardedBytes;

    /** Records that lost their end for their length. */
    long runawayRecords;

    /** Contents that a rotation copied to another file. */
    long copiedFiles;

    /** Contents that another one took the place of under the same key. */
    long replacedFiles;

    /** Contents that were removed. */
    long removedFiles;

    /** Looks at a file that failed. */
    long failedReads;

    /** Contents that are followed. */
    int files;

    /**
     * Bytes that the files had beyond what was passed on, when the directory was last looked at.
     */
    long unreadBytes;
}
