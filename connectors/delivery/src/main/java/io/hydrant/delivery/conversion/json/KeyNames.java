package io.hydrant.delivery.conversion.json;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Says which JSON key belongs to which column. */
final class KeyNames {

    private final boolean caseInsensitive;
    private final boolean dotsToUnderscores;
    private final Map<String, String> columnToKey = new HashMap<>();

    KeyNames(JsonSerDe serDe) {
        if (serDe instanceof JsonSerDe.OpenX openX) {
            caseInsensitive = openX.caseInsensitive();
            dotsToUnderscores = openX.dotsToUnderscores();
            openX.columnToKey()
                    .forEach(
                            (column, key) -> columnToKey.put(column.toLowerCase(Locale.ROOT), key));
        } else {
            caseInsensitive = true;
            dotsToUnderscores = false;
        }
    }

    /** The normalized key under which a column's values come. */
    String keyOf(String column) {
        String key = columnToKey.get(column.toLowerCase(Locale.ROOT));
        return normalized(key == null ? column : key);
    }

    /** What a key of the JSON is looked up as. */
    String normalized(String key) {
        String cased = caseInsensitive ? key.toLowerCase(Locale.ROOT) : key;
        return dotsToUnderscores ? cased.replace('.', '_') : cased;
    }
}
