package io.hydrant.jobs.delivery.document;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that cannot be run. The message is made for the one who wrote the configuration
 * and lists every problem; where in the code it was found helps nobody, so there is no stack trace.
 */
public final class InvalidConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidConfigurationException(String subject, List<String> problems) {
        this(message(subject, problems));
    }

    private InvalidConfigurationException(String message) {
        super(message, null, false, false);
    }

    /** What is wrong with several configurations, in one message. */
    public static InvalidConfigurationException ofAll(List<InvalidConfigurationException> each) {
        return new InvalidConfigurationException(
                each.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
    }

    private static String message(String subject, List<String> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return subject + ": " + count + "\n  " + String.join("\n  ", problems);
    }
}
