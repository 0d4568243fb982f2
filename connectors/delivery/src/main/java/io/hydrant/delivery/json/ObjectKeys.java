package io.hydrant.delivery.json;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Finds the fields that keys of objects stand for. Objects of one kind mostly have their keys in
 * one order, so the key that came behind another before is compared first, byte by byte, and no
 * text is made of it. Goes through one object at a time; not thread-safe.
 */
public final class ObjectKeys {

    /** Stands for a key that is no field. */
    public static final int NO_FIELD = -1;

    /** Keys are data where somebody uses ids as keys, and then there is no end of them. */
    private static final int MOST_KEYS = 10_000;

    private static final int LONGEST_KEY = 200;

    private final ToIntFunction<String> fields;
    private final Map<String, Key> known = new HashMap<>();

    /** Stands in front of an object's first key. */
    private final Key front = new Key(new byte[0], NO_FIELD);

    private Key last = front;

    /** A key, with the one that came behind it last. */
    private static final class Key {

        private final byte[] name;
        private final int field;
        private Key next;

        private Key(byte[] name, int field) {
            this.name = name;
            this.field = field;
        }
    }

    /**
     * Keys of objects.
     *
     * @param fields index of the field that a key stands for, from 0 on, or {@link #NO_FIELD};
     *     always the same for the same key
     */
    public ObjectKeys(ToIntFunction<String> fields) {
        this.fields = fields;
    }

    /** Begins in front of an object's first key. */
    public void begin() {
        last = front;
    }

    /**
     * Passes over the next key, which is then that of {@link #field}.
     *
     * @return whether there is one that the scan takes
     */
    public boolean scan(JsonScan json) {
        Key expected = last.next;
        if (expected != null && json.acceptText(expected.name)) {
            last = expected;
            return true;
        }
        if (!json.text()) {
            return false;
        }
        Key before = last;
        last = keyOf(json.string(), json.length());
        if (isKept(last)) {
            before.next = last;
        }
        return true;
    }

    /** Index of the field that the last key stands for, or {@link #NO_FIELD}. */
    public int field() {
        return last.field;
    }

    /** Index of the field that a key stands for, or {@link #NO_FIELD}. */
    public int fieldOf(String name) {
        return keyOf(name, name.length()).field;
    }

    private Key keyOf(String name, int length) {
        Key key = known.get(name);
        if (key == null) {
            boolean isKept = length <= LONGEST_KEY && known.size() < MOST_KEYS;
            key =
                    new Key(
                            isKept ? name.getBytes(StandardCharsets.UTF_8) : null,
                            fields.applyAsInt(name));
            if (isKept) {
                known.put(name, key);
            }
        }
        return key;
    }

    private static boolean isKept(Key key) {
        return key.name != null;
    }
}
