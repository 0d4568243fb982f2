package io.hydrant.s3.sink;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.function.ThrowingRunnable;

import java.util.concurrent.LinkedBlockingQueue;

/** A mailbox whose mail the thread handles that asks for it. */
final class OwnMailbox implements MailboxExecutor {

    private final LinkedBlockingQueue<ThrowingRunnable<? extends Exception>> mail =
            new LinkedBlockingQueue<>();

    @Override
    public void execute(
            MailOptions options,
            ThrowingRunnable<? extends Exception> command,
            String descriptionFormat,
            Object... descriptionArgs) {
        mail.add(command);
    }

    @Override
    public void yield() throws InterruptedException {
        run(mail.take());
    }

    @Override
    public boolean tryYield() {
        ThrowingRunnable<? extends Exception> next = mail.poll();
        if (next != null) {
            run(next);
        }
        return next != null;
    }

    @Override
    public boolean shouldInterrupt() {
        return false;
    }

    private static void run(ThrowingRunnable<? extends Exception> command) {
        try {
            command.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new FlinkRuntimeException(e);
        }
    }
}
