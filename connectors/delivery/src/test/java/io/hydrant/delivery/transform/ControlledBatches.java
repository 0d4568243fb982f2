package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.processing.TransformResult;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A transform of batches that answers when the test says so; one at a time in this JVM. */
final class ControlledBatches implements BatchTransformFactory {

    private static final long serialVersionUID = 1L;

    private static final BlockingQueue<Call> CALLS = new LinkedBlockingQueue<>();

    /** The task whose batches come; threads of one that was closed may come late. */
    private static int newest;

    private final BatchLimits limits;
    private final int number;

    ControlledBatches(BatchLimits limits) {
        this.limits = limits;
        this.number = begin();
    }

    private static synchronized int begin() {
        CALLS.clear();
        return ++newest;
    }

    private static synchronized void come(Call call, int number) {
        if (number == newest) {
            CALLS.add(call);
        }
    }

    /** A batch that came. */
    record Call(List<Envelope> batch, CompletableFuture<List<TransformResult>> answer) {

        List<String> payloads() {
            return batch.stream()
                    .map(record -> new String(record.payloadCopy(), StandardCharsets.UTF_8))
                    .toList();
        }

        void keepAll() {
            answer.complete(batch.stream().map(TransformResult::kept).toList());
        }
    }

    /** The next batch that comes. */
    static Call next() throws InterruptedException {
        Call call = CALLS.poll(30, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("No batch came");
        }
        return call;
    }

    static int waiting() {
        return CALLS.size();
    }

    @Override
    public BatchLimits limits() {
        return limits;
    }

    @Override
    public BatchTransform open(TransformContext context) {
        return new BatchTransform() {
            @Override
            public long requestBytes(Envelope record) {
                return record.payloadLength() + 1L;
            }

            @Override
            public List<TransformResult> transform(List<Envelope> batch)
                    throws IOException, InterruptedException {
                Call call = new Call(batch, new CompletableFuture<>());
                come(call, number);
                try {
                    return call.answer().get();
                } catch (ExecutionException e) {
                    throw new IOException(e.getCause().getMessage(), e);
                }
            }
        };
    }
}
