package io.hydrant.localstack.harness.cache;

import io.hydrant.localstack.harness.Progress;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock between processes, held on a file.
 *
 * <p>The operating system frees it when its process ends, however it ends, so there is no stale
 * lock to remove. File locks belong to a whole process; between the threads of one, a second lock
 * stands in front.
 */
public final class FolderLock implements AutoCloseable {

    private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel channel;

    private FolderLock(ReentrantLock threads, FileChannel channel) {
        this.threads = threads;
        this.channel = channel;
    }

    /**
     * Waits for the lock for as long as it takes, and says so when it is not free.
     *
     * @param file the file to lock; made if absent, never deleted
     * @param progress told once if another process holds the lock
     * @return the lock, held until it is closed
     * @throws IOException if the file cannot be opened
     */
    public static FolderLock acquire(Path file, Progress progress) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Files.createDirectories(absolute.getParent());
        ReentrantLock threads =
                IN_THIS_PROCESS.computeIfAbsent(absolute, path -> new ReentrantLock());
        threads.lock();
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(absolute, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                progress.say("waiting for another process that holds " + absolute + " …");
                channel.lock();
            }
            return new FolderLock(threads, channel);
        } catch (IOException | RuntimeException e) {
            try (FileChannel failed = channel) {
                throw e;
            } finally {
                threads.unlock();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            threads.unlock();
        }
    }
}
