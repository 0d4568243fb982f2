package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.processing.RecordProcessing;
import io.hydrant.delivery.processing.TransformResult;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;

/** Runs a transform so that no record can fail the job. */
final class GuardedTransform implements RecordProcessing.Transform {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedTransform.class);

    private final RecordTransform transform;
    private final Verdict verdict;
    private boolean failureLogged;

    GuardedTransform(RecordTransform transform, Clock clock) {
        this.transform = transform;
        this.verdict = new Verdict(clock);
    }

    /** A record may make a recursive parser overflow its stack; that is no error of the machine. */
    @Override
    public TransformResult apply(Envelope record) throws InterruptedException {
        verdict.begin(record);
        try {
            transform.transform(record, verdict);
            return verdict.end();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | StackOverflowError e) {
            logOnce(record, e);
            return verdict.failed(e);
        }
    }

    private void logOnce(Envelope record, Throwable thrown) {
        if (!failureLogged) {
            failureLogged = true;
            LOG.warn(
                    "The transform {} failed for {}; the record goes to the error prefix. Further failures of this task are counted, not logged",
                    transform.getClass().getName(),
                    record,
                    thrown);
        }
    }
}
