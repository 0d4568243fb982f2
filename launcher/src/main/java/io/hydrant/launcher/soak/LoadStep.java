package io.hydrant.launcher.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What a load does in S3, from the staged object to the clean-up, and the loss of the TaskManager
 * before it did that or after, with the answer lost.
 */
enum LoadStep {
    STAGE("staging an object", FaultPoint.PUT, FaultPoint.PUT_ANSWER),
    NOTE("writing the ledger of objects", FaultPoint.LEDGER, FaultPoint.LEDGER_ANSWER),
    QUEUE("queueing the load", FaultPoint.QUEUE, FaultPoint.QUEUE_ANSWER),
    MANIFEST("writing the manifest", FaultPoint.MANIFEST, FaultPoint.MANIFEST_ANSWER),
    CLEAN_UP("removing the manifest", FaultPoint.CLEAN_UP, FaultPoint.CLEAN_UP_ANSWER),
    DEQUEUE("taking the load from the queue", FaultPoint.DEQUEUE, FaultPoint.DEQUEUE_ANSWER);

    private final String words;
    private final FaultPoint before;
    private final FaultPoint after;

    LoadStep(String words, FaultPoint before, FaultPoint after) {
        this.words = words;
        this.before = before;
        this.after = after;
    }

    /** The losses around each of some steps. */
    static List<SoakFault> losses(Iterable<LoadStep> steps) {
        List<SoakFault> losses = new ArrayList<>();
        for (LoadStep step : steps) {
            losses.add(new Loss(step.before, "TaskManager lost before " + step.words));
            losses.add(new Loss(step.after, "TaskManager lost after " + step.words));
        }
        return losses;
    }

    private static final class Loss implements SoakFault {

        private final FaultPoint point;
        private final String name;
        private volatile CountDownLatch killed = new CountDownLatch(1);

        Loss(FaultPoint point, String name) {
            this.point = point;
            this.name = name;
        }

        @Override
        public void arm() {
            killed = new CountDownLatch(1);
            FaultyStore.hold(point, killed);
        }

        @Override
        public boolean hasFired() {
            return FaultyStore.hasFired();
        }

        @Override
        public void disarm() {
            FaultyStore.disarm();
        }

        @Override
        public void strike(SoakJob job) throws Exception {
            job.replaceTaskManager();
            killed.countDown();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
