package io.hydrant.jobs.ingest.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;

/**
 * Looks into files for {@link Rotation}, and not again into those that have not changed since their
 * content was found in them.
 */
final class FileContents implements Rotation.Contents {

    private final WatchedDirectory directory;
    private final Map<String, Tail> tails;

    FileContents(WatchedDirectory directory, Map<String, Tail> tails) {
        this.directory = directory;
        this.tails = tails;
    }

    @Override
    public boolean has(ListedFile file, FileMark mark) {
        Tail tail = tails.get(file.key());
        if (tail != null
                && file.equals(tail.listed())
                && (mark.equals(tail.head()) || mark.equals(tail.anchor()))) {
            return true;
        }
        try (FileChannel channel = directory.open(file.name(), file.key())) {
            return channel != null && WatchedDirectory.has(channel, mark);
        } catch (IOException e) {
            return false;
        }
    }
}
