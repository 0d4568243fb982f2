package io.hydrant.lambda;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.delivery.processing.TransformResult;
import io.hydrant.delivery.transform.BatchTransform;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Has batches transformed by a function: invokes it, repeats what failed, cuts what is too large in
 * two, and asks the answer about each record.
 *
 * <p>Every attempt has an {@code invocationId} of its own; the ids and the order of the records
 * stay the same.
 */
final class LambdaTransform implements BatchTransform {

    private static final Logger LOG = LoggerFactory.getLogger(LambdaTransform.class);

    /** Waits between attempts. */
    interface Pause {
        /** That of this machine. */
        Pause SLEEP = length -> TimeUnit.MILLISECONDS.sleep(length.toMillis());

        void pause(Duration length) throws InterruptedException;
    }

    private final LambdaConfig config;
    private final LambdaApi api;
    private final RequestWriter writer;
    private final AnswerReader reader;
    private final ExponentialBackoff backoff;
    private final InvocationMetrics metrics;
    private final Clock clock;
    private final Pause pause;

    LambdaTransform(
            LambdaConfig config,
            boolean routes,
            InvocationOrigin origin,
            LambdaApi api,
            InvocationMetrics metrics,
            Clock clock,
            Pause pause) {
        this.config = config;
        this.api = api;
        this.writer = new RequestWriter(origin);
        this.reader = new AnswerReader(config.severalResults(), routes);
        this.backoff = config.backoff();
        this.metrics = metrics;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public long requestBytes(Envelope record) {
        return RequestWriter.bytes(record);
    }

    @Override
    public List<TransformResult> transform(List<Envelope> records)
            throws IOException, InterruptedException {
        List<BatchItem> batch = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            batch.add(BatchItem.at(i, records.get(i)));
        }
        return invoke(batch);
    }

    private List<TransformResult> invoke(List<BatchItem> batch)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Attempt made = attempt(batch);
            InvocationVerdict verdict = made.verdict();
            FailedRecord failed =
                    new FailedRecord(attempt, clock.millis(), config.function().toString());
            switch (verdict.kind()) {
                case ANSWERED -> {
                    return reader.read(made.answer().body(), batch, failed);
                }
                case TOO_LARGE -> {
                    return batch.size() == 1
                            ? allFailed(batch, failed, verdict)
                            : invokeHalves(batch);
                }
                case FAILED -> {
                    if (attempt > config.retries()) {
                        return allFailed(batch, failed, verdict);
                    }
                    pause.pause(backoff.delay(attempt, ThreadLocalRandom.current()));
                }
            }
        }
    }

    private List<TransformResult> invokeHalves(List<BatchItem> batch)
            throws IOException, InterruptedException {
        int half = batch.size() / 2;
        List<TransformResult> results = new ArrayList<>(batch.size());
        results.addAll(invoke(batch.subList(0, half)));
        results.addAll(invoke(batch.subList(half, batch.size())));
        return results;
    }

    private List<TransformResult> allFailed(
            List<BatchItem> batch, FailedRecord failed, InvocationVerdict verdict)
            throws IOException {
        boolean mayFailJob = verdict.kind() == InvocationVerdict.Kind.FAILED;
        if (mayFailJob && config.onFailure() == InvocationFailureAction.FAIL_JOB) {
            throw new IOException(
                    "The function "
                            + config.function()
                            + " failed "
                            + failed.attempts()
                            + " times and "
                            + LambdaOptions.ON_FAILURE.key()
                            + " is FAIL_JOB; "
                            + verdict.code()
                            + ": "
                            + verdict.message());
        }
        LOG.warn(
                "{} records go to the error prefix after {} invocations of {}: {}: {}",
                batch.size(),
                failed.attempts(),
                config.function(),
                verdict.code(),
                verdict.message());
        TransformResult result = failed.because(verdict.code(), verdict.message());
        return batch.stream().map(item -> result).toList();
    }

    /**
     * One attempt.
     *
     * @param answer null where there was none
     */
    private record Attempt(InvocationVerdict verdict, LambdaAnswer answer) {}

    @SuppressWarnings("CatchingUnchecked") // the SDK's own exceptions have no checked parent
    private Attempt attempt(List<BatchItem> batch) throws InterruptedException {
        long begun = System.nanoTime();
        Attempt made;
        try {
            LambdaAnswer answer = api.invoke(writer.write(batch, UUID.randomUUID()));
            made = new Attempt(InvocationJudge.judge(answer), answer);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            made = new Attempt(InvocationJudge.judge(e), null);
        }
        metrics.invoked(
                Duration.ofNanos(System.nanoTime() - begun),
                made.verdict().kind() == InvocationVerdict.Kind.ANSWERED);
        return made;
    }

    @Override
    public void close() {
        api.close();
    }
}
