package io.hydrant.s3.archive;

/** How far an object was emitted. Belongs to the task's thread. */
final class ArchiveProgress {

    private final ArchiveSplit split;
    private long read;

    ArchiveProgress(ArchiveSplit split) {
        this.split = split;
        this.read = split.read();
    }

    void emitted() {
        read++;
    }

    ArchiveSplit toSplit() {
        return new ArchiveSplit(split.key(), split.lastModifiedMillis(), read);
    }
}
