package io.hydrant.s3.sink;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The objects of one subtask that wait for a checkpoint to commit them. */
final class RolledObjects {

    private final ObjectAssembler assembler;
    private final List<RolledObject> waiting = new ArrayList<>();

    RolledObjects(ObjectAssembler assembler) {
        this.assembler = assembler;
    }

    void add(RolledObject object) {
        waiting.add(object);
    }

    /** Uploads what waits in memory ahead of the checkpoint, as long as the condition holds. */
    void stageWhile(BooleanSupplier condition) {
        for (int i = 0; i < waiting.size() && condition.getAsBoolean(); i++) {
            waiting.set(i, assembler.stage(waiting.get(i)));
        }
    }

    /** Takes out what can be committed: everything but objects with parts on their way. */
    List<RolledObject> takeReady() {
        List<RolledObject> ready = waiting.stream().filter(RolledObject::isReady).toList();
        waiting.removeIf(RolledObject::isReady);
        return ready;
    }

    List<RolledObject> all() {
        return Collections.unmodifiableList(waiting);
    }
}
