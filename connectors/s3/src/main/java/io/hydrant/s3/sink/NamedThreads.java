package io.hydrant.s3.sink;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemon threads that a thread dump can tell apart. */
final class NamedThreads implements ThreadFactory {

    private final String prefix;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final AtomicInteger count = new AtomicInteger();

    NamedThreads(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, prefix + '-' + count.incrementAndGet());
        thread.setDaemon(true);
        // The SDK looks for its parts through the context class loader, which is the job's here.
        thread.setContextClassLoader(loader);
        return thread;
    }
}
