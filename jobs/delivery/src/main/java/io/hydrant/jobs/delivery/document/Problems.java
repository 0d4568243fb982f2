package io.hydrant.jobs.delivery.document;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Everything that is wrong with a configuration, gathered so that it is reported in one go, and
 * everything that is right but has no effect here.
 */
public final class Problems {

    /** Several rooms may find the same thing; it is said once. */
    private final Set<String> problems = new LinkedHashSet<>();

    private final Set<String> notices = new LinkedHashSet<>();
    private final Set<String> standIns = new LinkedHashSet<>();
    private final boolean takesStandIns;
    private Predicate<String> consequence = problem -> false;

    /** Of a configuration that is to run. */
    public Problems() {
        this(false);
    }

    private Problems(boolean takesStandIns) {
        this.takesStandIns = takesStandIns;
    }

    /**
     * Of a configuration that is only tried, so that names of what it would reach, which its
     * document does not know itself, are of no matter.
     */
    public static Problems withStandIns() {
        return new Problems(true);
    }

    /** Whether something may stand in for a name that the document does not know. */
    boolean takesStandIns() {
        return takesStandIns;
    }

    /** Adds that something stands in. */
    void standIn(String path, String reason, String value) {
        standIns.add(path + ": " + reason + "; " + value + " stands in");
    }

    /** What stands in for what the document does not know, in the order in which it was met. */
    public List<String> standIns() {
        return List.copyOf(standIns);
    }

    /**
     * Adds something wrong.
     *
     * @param path where in the configuration: a JSON path, an option's key or an argument
     * @param text the value and what would be allowed; never a secret
     */
    public void add(String path, String text) {
        String problem = path.isEmpty() ? text : path + ": " + text;
        if (!consequence.test(problem)) {
            problems.add(problem);
        }
    }

    /** From here on leaves out what only follows from the problems that are there. */
    public void leaveOut(Predicate<String> isConsequence) {
        consequence = isConsequence;
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
        return List.copyOf(problems);
    }

    /** What has no effect here, in the order in which it was found. */
    public List<String> notices() {
        return List.copyOf(notices);
    }

    /**
     * Ends the reading of a configuration.
     *
     * @param subject what was read, such as {@code stream.json}
     * @throws InvalidConfigurationException with all problems, if there are any
     */
    public void throwIfAny(String subject) {
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(subject, all());
        }
    }
}
