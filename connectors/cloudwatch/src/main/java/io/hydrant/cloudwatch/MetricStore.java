package io.hydrant.cloudwatch;

import java.time.Instant;
import java.util.List;

/** Where values go. */
interface MetricStore extends AutoCloseable {

    /**
     * Takes values in.
     *
     * @throws RuntimeException if it took none of them
     */
    void put(List<Datum> data, Instant time);

    @Override
    void close();
}
