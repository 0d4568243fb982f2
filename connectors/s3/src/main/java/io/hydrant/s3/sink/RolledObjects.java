package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.EntryKind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The objects of one subtask that wait for a checkpoint to commit them. */
final class RolledObjects {

    private final ObjectAssembler assembler;
    private final List<RolledObject> waiting = new ArrayList<>();

    /** As many from the front have nothing left in memory. */
    private int staged;

    RolledObjects(ObjectAssembler assembler) {
        this.assembler = assembler;
    }

    void add(RolledObject object) {
        waiting.add(object);
    }

    /** Uploads what waits in memory ahead of the checkpoint, as long as the condition holds. */
    void stageWhile(BooleanSupplier condition) {
        for (; staged < waiting.size() && condition.getAsBoolean(); staged++) {
            waiting.set(staged, assembler.stage(waiting.get(staged)));
        }
    }

    /** Takes out what can be committed: everything but objects with parts on their way. */
    List<RolledObject> takeReady() {
        List<RolledObject> ready = waiting.stream().filter(RolledObject::isReady).toList();
        waiting.removeIf(RolledObject::isReady);
        staged = 0;
        return ready;
    }

    /**
     * Whether an object that waits for a destination could be committed before one that was rolled
     * earlier, whose parts are on their way. Those are to be committed in their order.
     */
    boolean wouldOvertake() {
        boolean isOneOnItsWay = false;
        for (RolledObject each : waiting) {
            if (each.entry().kind() == EntryKind.WAITING) {
                if (isOneOnItsWay && each.isReady()) {
                    return true;
                }
                isOneOnItsWay |= !each.isReady();
            }
        }
        return false;
    }

    List<RolledObject> all() {
        return Collections.unmodifiableList(waiting);
    }
}
