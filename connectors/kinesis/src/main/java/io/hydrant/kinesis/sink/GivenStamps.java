package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.ProducerStamp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Stamps that records bear by themselves, of any number of producers; holds what is on its way and
 * nothing else.
 *
 * <p>Used by the task's thread alone.
 */
final class GivenStamps implements Stamps {

    /** By producer, the numbers that are not in the stream for certain. */
    private final Map<String, TreeSet<Long>> onTheirWay = new HashMap<>();

    @Override
    public boolean admits(ProducerStamp stamp) {
        TreeSet<Long> numbers = onTheirWay.get(stamp.producer());
        return numbers == null || stamp.number() - numbers.first() < ProducerStamp.WINDOW;
    }

    @Override
    public void taken(ProducerStamp stamp) {
        onTheirWay
                .computeIfAbsent(stamp.producer(), producer -> new TreeSet<>())
                .add(stamp.number());
    }

    @Override
    public void delivered(List<PutEntry> entries) {
        for (PutEntry entry : entries) {
            // One that waited in the state of a job without given stamps may have none.
            if (entry.stamp() != null) {
                onTheirWay.computeIfPresent(
                        entry.stamp().producer(),
                        (producer, numbers) -> {
                            numbers.remove(entry.stamp().number());
                            return numbers.isEmpty() ? null : numbers;
                        });
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
