package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.MemoryBudget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes room in memory, gently first: compress what is raw, then upload finished objects ahead of
 * their checkpoint, then end the largest open objects early. Only where all of that is under way
 * and the budget is used up does the subtask wait. No record is ever refused.
 */
final class MemoryRelief {

    /** Smaller chunks compress badly, and there is little to gain from one. */
    private static final int WORTH_COMPRESSING = 2 * 1024;

    private final MemoryBudget budget;
    private final ObjectAssembler assembler;
    private final Bundles bundles;
    private final PartUploader uploader;
    private final OpenObjects open;
    private final RolledObjects rolled;
    private final Consumer<OpenObject> end;

    MemoryRelief(
            MemoryBudget budget,
            ObjectAssembler assembler,
            Bundles bundles,
            PartUploader uploader,
            OpenObjects open,
            RolledObjects rolled,
            Consumer<OpenObject> end) {
        this.budget = budget;
        this.assembler = assembler;
        this.bundles = bundles;
        this.uploader = uploader;
        this.open = open;
        this.rolled = rolled;
        this.end = end;
    }

    /**
     * Makes room where the budget asks for it; handles the subtask's mail while it waits.
     *
     * @return how many objects were ended early
     */
    int relieve() throws InterruptedException {
        int ended = 0;
        while (true) {
            if (budget.needsReclaim()) {
                ended += reclaim();
            }
            if (!budget.isExhausted()) {
                return ended;
            }
            // What nothing has begun to send would be waited for in vain.
            bundles.send();
            uploader.awaitOne();
        }
    }

    private int reclaim() {
        compressLargest();
        if (budget.isAboveTarget()) {
            rolled.stageWhile(budget::isAboveTarget);
        }
        return budget.isAboveTarget() ? endLargest() : 0;
    }

    private void compressLargest() {
        for (OpenObject object : largestFirst(OpenObject::compressibleBytes)) {
            if (object.compressibleBytes() < WORTH_COMPRESSING || !budget.isAboveTarget()) {
                return;
            }
            assembler.compress(object);
        }
    }

    private int endLargest() {
        int ended = 0;
        for (OpenObject object : largestFirst(OpenObject::heldBytes)) {
            if (!budget.isAboveTarget()) {
                break;
            }
            end.accept(object);
            ended++;
        }
        return ended;
    }

    private List<OpenObject> largestFirst(java.util.function.ToIntFunction<OpenObject> size) {
        List<OpenObject> objects = new ArrayList<>(open.all());
        // Stable: among equals the one that has been open longest comes first.
        objects.sort(Comparator.comparingInt(size).reversed());
        return objects;
    }
}
