package io.hydrant.s3.sink;

import io.hydrant.delivery.conversion.TableColumnsSource;
import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;

/**
 * Asks for a table's columns now and then, beside the subtask's thread, and tells that thread what
 * they are. Where they cannot be had those that are known stay in use.
 */
final class TableWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TableWatch.class);

    private final TableColumnsSource source;
    private final long intervalMillis;
    private final Background background;
    private ScheduledFuture<?> timer;

    TableWatch(TableColumnsSource source, Duration interval, MailboxExecutor mailbox) {
        this.source = source;
        this.intervalMillis = interval.toMillis();
        this.background = new Background(mailbox, 1);
    }

    /** Begins; {@code columns} is told on the subtask's thread. */
    void start(ProcessingTimeService time, Consumer<HiveType.Struct> columns) {
        timer =
                time.registerTimer(
                        time.getCurrentProcessingTime() + intervalMillis,
                        now -> ask(time, columns));
    }

    private void ask(ProcessingTimeService time, Consumer<HiveType.Struct> columns) {
        background.run(
                "Columns of the table asked for",
                this::current,
                found -> {
                    if (found != null) {
                        columns.accept(found);
                    }
                    start(time, columns);
                });
    }

    private HiveType.Struct current() {
        try {
            return source.columns();
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "Whether the table has other columns cannot be seen; those so far stay in use: {}",
                    e.getMessage(),
                    e);
            return null;
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
        background.close();
    }
}
