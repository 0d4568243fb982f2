package io.hydrant.delivery.processing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks plain paths up in the bytes of a record. Whatever is not plain about a record is left to
 * the query on the tree, so that both always say the same.
 */
final class PathKeyQuery implements KeyQuery {

    private final KeyQuery onTree;
    private final PathScan scan;
    private final String[] names;
    private final String[] values;

    PathKeyQuery(Map<String, List<String>> paths, KeyQuery onTree) {
        this.onTree = onTree;
        this.names = paths.keySet().toArray(new String[0]);
        this.values = new String[names.length];
        PathStep root = PathStep.root();
        for (int i = 0; i < names.length; i++) {
            root.add(paths.get(names[i]), i);
        }
        this.scan = new PathScan(root, values);
    }

    @Override
    public Map<String, String> keysOf(Bytes record) throws ProcessingException {
        Arrays.fill(values, null);
        return scan.find(record) ? found() : onTree.keysOf(record);
    }

    /** Small and unmodifiable, so that nobody has to copy it. */
    private Map<String, String> found() {
        if (names.length == 1) {
            return values[0] == null ? Map.of() : Map.of(names[0], values[0]);
        }
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (values[i] != null) {
                found.put(names[i], values[i]);
            }
        }
        return Map.copyOf(found);
    }

    @Override
    public Set<String> keys() {
        return onTree.keys();
    }
}
