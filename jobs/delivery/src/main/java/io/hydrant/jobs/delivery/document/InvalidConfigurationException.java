package io.hydrant.jobs.delivery.document;

import java.util.List;

/**
 * A configuration that cannot be run. The message is made for the one who wrote the configuration
 * and lists every problem; where in the code it was found helps nobody, so there is no stack trace.
 */
public final class InvalidConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidConfigurationException(String subject, List<String> problems) {
        super(message(subject, problems), null, false, false);
    }

    private static String message(String subject, List<String> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return subject + ": " + count + "\n  " + String.join("\n  ", problems);
    }
}
