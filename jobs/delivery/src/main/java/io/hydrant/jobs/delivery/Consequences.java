package io.hydrant.jobs.delivery;

import java.util.Arrays;
import java.util.List;

/**
 * Judges whether what a room says of an option of the document's only follows from what is wrong
 * with the document: an option that it speaks of has no value because the field that would give it
 * one is refused, or it has the value that was refused. What was given by the option's own key is
 * never left out.
 */
final class Consequences {

    private final Settings settings;
    private final List<String> ofDocument;

    /**
     * A judge.
     *
     * @param ofDocument what is wrong with the document
     */
    Consequences(Settings settings, List<String> ofDocument) {
        this.settings = settings;
        this.ofDocument = List.copyOf(ofDocument);
    }

    boolean isOne(String problem) {
        if (ofDocument.isEmpty()) {
            return false;
        }
        List<String> keys =
                Arrays.stream(problem.split("[ :;,]", -1))
                        .filter(Settings.CATALOG.options()::containsKey)
                        .toList();
        // A room's problem begins with the key of the option that it is about.
        return !keys.isEmpty()
                && problem.startsWith(keys.get(0))
                && !settings.isGiven(keys.get(0))
                && keys.stream().anyMatch(this::lacksItsValue);
    }

    private boolean lacksItsValue(String key) {
        String origin = settings.originOf(key);
        return origin == null
                || ofDocument.stream().anyMatch(each -> each.startsWith(origin + ":"));
    }
}
