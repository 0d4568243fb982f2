package io.hydrant.jobs.ingest.agent;

import java.util.List;

/** A configuration is wrong; the message has all that is. */
public final class AgentConfigurationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, each beginning with its place. */
    public AgentConfigurationException(String name, List<String> problems) {
        super(name + ":\n  " + String.join("\n  ", problems));
    }
}
