package io.hydrant.jobs.ingest.restream;

import io.hydrant.delivery.transform.TransformConfig;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a flow does to each record.
 *
 * @param flow name of the flow
 * @param filter jq that says which records are sent, null for all
 * @param transform what is made of them
 * @param key where their partition keys come from
 * @param failed what becomes of those for which filter, transform or key fail
 */
public record RouteConfig(
        String flow, String filter, TransformConfig transform, KeyChoice key, Failed failed)
        implements Serializable {

    /** What becomes of records that fail. */
    public enum Failed {
        /** They fail the job. */
        FAIL,

        /** They are counted and logged. */
        DROP,

        /** They go to the flow's error stream, with the reason. */
        STREAM
    }

    /** Validates that nothing is missing. */
    public RouteConfig {
        Objects.requireNonNull(flow, "flow");
        Objects.requireNonNull(transform, "transform");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(failed, "failed");
    }
}
