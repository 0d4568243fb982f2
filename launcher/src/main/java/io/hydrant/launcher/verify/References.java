package io.hydrant.launcher.verify;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out which names something refers to, by looking for them in its bytes. Whatever holds a
 * name refers to it, so nothing that is needed is missed, in whatever version it was written.
 */
final class References {

    private final Set<String> unreferenced;

    /** Nothing refers to any of these names so far. */
    References(Collection<String> names) {
        this.unreferenced = new TreeSet<>(names);
    }

    /** Takes into account what may refer to some; names are plain ASCII wherever they stand. */
    void scan(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        unreferenced.removeIf(text::contains);
    }

    /** Whether nothing refers to it. */
    boolean isUnreferenced(String name) {
        return unreferenced.contains(name);
    }
}
