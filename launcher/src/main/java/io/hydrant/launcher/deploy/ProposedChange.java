package io.hydrant.launcher.deploy;

import java.util.List;

/**
 * What would become of a stack.
 *
 * @param stack its name
 * @param changeSet the change set's ARN; null where nothing would change
 * @param isNew whether the stack is not there yet
 * @param lines what would change, a line each
 */
record ProposedChange(String stack, String changeSet, boolean isNew, List<String> lines) {

    ProposedChange {
        lines = List.copyOf(lines);
    }

    boolean isEmpty() {
        return changeSet == null;
    }
}
