package io.hydrant.kinesis.source.reader;

import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamFailure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long streams keep their records: asked where it matters only, and again after ten minutes,
 * because it may be changed at any time.
 *
 * <p>Thread-safe.
 */
final class Retentions {

    private static final Logger LOG = LoggerFactory.getLogger(Retentions.class);

    private static final long GOOD_FOR_NANOS = Duration.ofMinutes(10).toNanos();

    private final StreamApi api;
    private final ReaderTime time;
    private final Map<StreamArn, Answer> answers = new ConcurrentHashMap<>();

    /**
     * Nothing is known yet.
     *
     * @param api asked; not closed here
     */
    Retentions(StreamApi api, ReaderTime time) {
        this.api = api;
        this.time = time;
    }

    /** The retention in milliseconds; 0 where it was not asked for lately, or is not told. */
    long millisOf(StreamArn stream) {
        Answer answer = answers.get(stream);
        return answer == null || isOld(answer) ? 0 : answer.millis();
    }

    /**
     * Asks, unless that was done lately.
     *
     * @throws RuntimeException the SDK's, where asking again helps
     */
    void ask(StreamArn stream) {
        Answer answer = answers.get(stream);
        if (answer == null || isOld(answer)) {
            answers.put(stream, new Answer(told(stream), time.nanoTime()));
        }
    }

    private long told(StreamArn stream) {
        try {
            Duration retention = api.retention(stream);
            return retention == null ? 0 : retention.toMillis();
        } catch (RuntimeException e) {
            if (StreamFailure.of(e) != StreamFailure.FATAL) {
                throw e;
            }
            LOG.warn(
                    "Could not ask {} how long it keeps records, so the shortest time is taken; allow"
                            + " kinesis:DescribeStreamSummary",
                    stream,
                    e);
            return 0;
        }
    }

    private boolean isOld(Answer answer) {
        return time.nanoTime() - answer.askedNanos() > GOOD_FOR_NANOS;
    }

    private record Answer(long millis, long askedNanos) {}
}
