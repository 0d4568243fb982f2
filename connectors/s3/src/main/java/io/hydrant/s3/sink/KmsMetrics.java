package io.hydrant.s3.sink;

import io.hydrant.s3.store.KmsFailure;
import io.hydrant.s3.store.S3FailureListener;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

import java.util.EnumMap;
import java.util.Map;

/** Counts what went wrong with the key that objects are encrypted with, under Firehose's names. */
final class KmsMetrics implements S3FailureListener {

    private final Map<KmsFailure, Counter> counters = new EnumMap<>(KmsFailure.class);

    KmsMetrics(MetricGroup group) {
        for (KmsFailure failure : KmsFailure.values()) {
            counters.put(failure, group.counter(failure.metric(), new ThreadSafeSimpleCounter()));
        }
    }

    @Override
    public void failed(RuntimeException failure, KmsFailure kms) {
        if (kms != null) {
            counters.get(kms).inc();
        }
    }
}
