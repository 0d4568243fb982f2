package io.hydrant.sql.kda.run;

import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Gives the operators of a planned query ids that the next process gives them, too.
 *
 * <p>The ids that Flink's planner makes itself hold a number that counts all queries of a process;
 * these are the name of the stage and the operator's place in it. The same for the same statements
 * and release of Flink.
 */
final class StageUids {

    private final String stage;
    private final Set<Transformation<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private int last;

    private StageUids(String stage) {
        this.stage = stage;
    }

    /** Names what leads to a transformation, up to what has a name already. */
    static void give(String stage, Transformation<?> end) {
        new StageUids(stage).give(end);
    }

    private void give(Transformation<?> transformation) {
        if (transformation.getUid() != null || !seen.add(transformation)) {
            return;
        }
        if (transformation instanceof PhysicalTransformation) {
            transformation.setUid(stage + " " + ++last);
        }
        transformation.getInputs().forEach(this::give);
    }
}
