package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.stream.Progress;
import io.hydrant.localstack.fakes.FakesProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks from outside how many records a stream of the fake has, for a program that does not tell,
 * and leaves a file when all have come.
 */
final class AwaitedRecords implements AutoCloseable {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final FakesProcess fakes;
    private final String stream;
    private final Path end;
    private final Progress progress;
    private final Thread looking = new Thread(this::look, "awaited records");
    private volatile boolean closed;
    private IOException failure;
    private long lastMillis;

    private AwaitedRecords(FakesProcess fakes, String stream, long expected, Path end) {
        this.fakes = fakes;
        this.stream = stream;
        this.end = end;
        this.progress = new Progress(expected);
    }

    /** Begins to look, for a record that is one of Kinesis for each. */
    static AwaitedRecords begin(FakesProcess fakes, String stream, long expected, Path end) {
        AwaitedRecords awaited = new AwaitedRecords(fakes, stream, expected, end);
        awaited.looking.setDaemon(true);
        awaited.looking.start();
        return awaited;
    }

    /**
     * How it came, once all have.
     *
     * @throws IOException if nobody could look
     */
    Progress progress() throws IOException, InterruptedException {
        looking.join();
        if (failure != null) {
            throw failure;
        }
        return progress;
    }

    /** When the last one had come. */
    long lastMillis() {
        return lastMillis;
    }

    private void look() {
        try {
            while (!progress.at(fakes.recordCount(stream))) {
                if (closed) {
                    return;
                }
                LockSupport.parkNanos(LOOK_EVERY_NANOS);
            }
            lastMillis = System.currentTimeMillis();
        } catch (IOException e) {
            failure = e;
        } finally {
            leaveFile();
        }
    }

    /** Also where looking failed: the program would wait for it to no end. */
    private void leaveFile() {
        try {
            Files.createFile(end);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
