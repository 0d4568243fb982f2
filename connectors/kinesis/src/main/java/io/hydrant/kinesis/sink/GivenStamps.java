package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.ProducerStamp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stamps that records bear by themselves, of any number of producers; holds what is on its way and
 * nothing else.
 *
 * <p>Used by the task's thread alone.
 */
final class GivenStamps implements Stamps {

    /** By producer, the numbers that are not in the stream for certain. */
    private final Map<String, OutstandingNumbers> onTheirWay = new HashMap<>();

    /** Numbers far below those on their way, of an input that is read again, wait as well. */
    @Override
    public boolean admits(ProducerStamp stamp) {
        OutstandingNumbers numbers = onTheirWay.get(stamp.producer());
        return numbers == null || numbers.admits(stamp.number(), ProducerStamp.WINDOW);
    }

    @Override
    public void taken(ProducerStamp stamp) {
        OutstandingNumbers numbers = onTheirWay.get(stamp.producer());
        if (numbers == null) {
            numbers = new OutstandingNumbers();
            onTheirWay.put(stamp.producer(), numbers);
        }
        numbers.add(stamp.number());
    }

    @Override
    public void delivered(List<PutEntry> entries) {
        for (PutEntry entry : entries) {
            ProducerStamp stamp = entry.stamp();
            // One that waited in the state of a job without given stamps may have none.
            OutstandingNumbers numbers = stamp == null ? null : onTheirWay.get(stamp.producer());
            if (numbers == null) {
                continue;
            }
            numbers.remove(stamp.number());
            if (numbers.isEmpty()) {
                onTheirWay.remove(stamp.producer());
            }
        }
    }

    /**
     * They may not: another task could have them after a restore than reads their producer's input,
     * and would put them when that one is a window ahead, where they count as copies.
     */
    @Override
    public boolean mayWaitInState() {
        return false;
    }
}
