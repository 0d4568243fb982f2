package io.hydrant.localstack.bench.stream;

import org.apache.flink.api.common.functions.FilterFunction;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the records that pass by and lets none through, so that nothing behind the reader is
 * measured.
 */
public final class RecordCount<T> implements FilterFunction<T> {

    private static final long serialVersionUID = 1L;

    private transient AtomicLong count;

    @Override
    public boolean filter(T value) {
        if (count == null) {
            count = Progress.newCount();
        }
        Progress.countOne(count);
        return false;
    }
}
