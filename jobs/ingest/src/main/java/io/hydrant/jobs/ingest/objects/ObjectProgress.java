package io.hydrant.jobs.ingest.objects;

/** How far an object was read; changes with each record that went on. */
final class ObjectProgress {

    private final ArrivedObject object;
    private long read;

    ObjectProgress(ObjectSplit split) {
        this.object = split.object();
        this.read = split.read();
    }

    void wentOn() {
        read++;
    }

    ObjectSplit toSplit(ObjectSplit.Outcome outcome) {
        return new ObjectSplit(object, read, outcome);
    }
}
