package io.hydrant.localstack.bench.stream;

import org.apache.flink.connector.datagen.source.GeneratorFunction;

import java.util.concurrent.atomic.AtomicLong;

/** User records out of the heap, counted. */
final class GeneratedPayloads implements GeneratorFunction<Long, byte[]> {

    private static final long serialVersionUID = 1L;

    private final int bytes;
    private transient Payloads payloads;
    private transient AtomicLong count;

    GeneratedPayloads(int bytes) {
        this.bytes = bytes;
    }

    @Override
    public byte[] map(Long number) {
        if (payloads == null) {
            payloads = new Payloads(bytes);
            count = Progress.newCount();
        }
        Progress.countOne(count);
        return payloads.document(number);
    }
}
