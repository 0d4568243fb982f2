package io.hydrant.localstack.bench;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.kinesis.sink.SdkPutApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.localstack.fakes.FakesProcess;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** Puts records at an even pace while another process reads them. */
final class PacedPuts {

    static final int RECORDS_PER_SECOND = 1000;

    private static final int PUTS_PER_SECOND = 20;

    /** A reader that has not called by then has failed to start. */
    private static final long START_TIMEOUT_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final FakesProcess fakes;

    PacedPuts(FakesProcess fakes) {
        this.fakes = fakes;
    }

    /**
     * Waits until someone reads: records that wait for a JVM to start would say nothing.
     *
     * @param reader what reads; its failure is passed on
     */
    void awaitReader(Future<?> reader)
            throws IOException, InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + START_TIMEOUT_NANOS;
        while (!fakes.requests().containsKey("GetRecords")) {
            if (reader.isDone()) {
                reader.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("Nobody has begun to read within two minutes");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /**
     * Puts records, as made in that moment, one after the other.
     *
     * @param reader what reads; its failure is passed on, its end ends this
     */
    void put(StreamArn stream, LongFunction<byte[]> record, long records, Future<?> reader)
            throws IOException, InterruptedException, ExecutionException {
        AwsClientConfig aws =
                AwsClientConfig.forEndpoint(
                        fakes.kinesisEndpoint(), "us-east-1", "anyone", "anything");
        long start = System.nanoTime();
        long turnNanos = TimeUnit.SECONDS.toNanos(1) / PUTS_PER_SECOND;
        int perTurn = RECORDS_PER_SECOND / PUTS_PER_SECOND;
        try (BatchPutter putter =
                BatchPutter.builder(SdkPutApi.factory(aws, stream).open(), stream).build()) {
            for (long i = 0; i < records; i++) {
                if (i % perTurn == 0) {
                    putter.flush();
                    if (reader.isDone()) {
                        reader.get();
                        return;
                    }
                    long wait = start + i / perTurn * turnNanos - System.nanoTime();
                    if (wait > 0) {
                        TimeUnit.NANOSECONDS.sleep(wait);
                    }
                }
                putter.put(Long.toString(i), record.apply(i));
            }
            putter.flush();
        }
    }
}
