package io.hydrant.jobs.delivery.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Everything that is wrong with a configuration, gathered so that it is reported in one go, and
 * everything that is right but has no effect here.
 */
public final class Problems {

    private final List<String> problems = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    /**
     * Adds something wrong.
     *
     * @param path where in the configuration: a JSON path, an option's key or an argument
     * @param text the value and what would be allowed; never a secret
     */
    public void add(String path, String text) {
        problems.add(path.isEmpty() ? text : path + ": " + text);
    }

    /**
     * Adds something that is valid but does not do here what it does in Firehose, so that nothing
     * is ignored in silence.
     */
    public void notice(String path, String text) {
        notices.add(path.isEmpty() ? text : path + ": " + text);
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** What is wrong, in the order in which it was found. */
    public List<String> all() {
        return Collections.unmodifiableList(problems);
    }

    /** What has no effect here, in the order in which it was found. */
    public List<String> notices() {
        return Collections.unmodifiableList(notices);
    }

    /**
     * Ends the reading of a configuration.
     *
     * @param subject what was read, such as {@code stream.json}
     * @throws InvalidConfigurationException with all problems, if there are any
     */
    public void throwIfAny(String subject) {
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(subject, problems);
        }
    }
}
