package io.hydrant.jobs.ingest.convert;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/** Asks the machine that this runs on what it is. */
@FunctionalInterface
public interface InstanceMetadata extends Serializable {

    /**
     * What is known of the machine now, in the agent's order and under its names.
     *
     * @throws IOException where it does not say, and why
     */
    Map<String, Object> read() throws IOException;
}
