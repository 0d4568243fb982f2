package io.hydrant.delivery.sample;

import io.hydrant.delivery.DeliveryRecord;

import java.io.IOException;
import java.math.BigDecimal;

/** What is remembered of one key and interval: one record, or a sum per number. */
interface SampleMemory {

    /** How many records were read, 0 before the first. */
    long seen() throws IOException;

    void see(long count) throws IOException;

    /** The record that waits for the end, or null. */
    Held held() throws IOException;

    void hold(Held held) throws IOException;

    /** The sum of the numbers of that name, or null. */
    Sum sum(String name) throws IOException;

    void sum(String name, Sum sum) throws IOException;

    void clear();

    /**
     * A record that waits.
     *
     * @param time when it happened, milliseconds since the epoch
     */
    record Held(long time, DeliveryRecord record) {}

    /** A sum of so many numbers. */
    record Sum(BigDecimal total, long count) {

        static Sum with(Sum before, BigDecimal number) {
            return before == null
                    ? new Sum(FieldAverages.sum(BigDecimal.ZERO, number), 1)
                    : new Sum(FieldAverages.sum(before.total, number), before.count + 1);
        }

        BigDecimal average() {
            return FieldAverages.average(total, count);
        }
    }
}
