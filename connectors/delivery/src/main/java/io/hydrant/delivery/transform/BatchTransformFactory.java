package io.hydrant.delivery.transform;

import java.io.Serializable;

/** Makes the {@link BatchTransform} of each task, and says how its batches are cut. */
public interface BatchTransformFactory extends Serializable {

    /** How batches are cut and how many are under way. */
    BatchLimits limits();

    /**
     * Makes the transform of a task.
     *
     * @throws Exception to fail the job with that message
     */
    BatchTransform open(TransformContext context) throws Exception;
}
