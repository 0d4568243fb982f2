package io.hydrant.delivery.json;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ObjectKeysTest {

    private final List<String> asked = new ArrayList<>();
    private final ObjectKeys keys =
            new ObjectKeys(
                    key -> {
                        asked.add(key);
                        return "abc".indexOf(key);
                    });

    @Test
    void findsFieldsInAnyOrderAndAsksForAKeyOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(fields("\"a\"\"b\"\"x\"")).containsExactly(0, 1, ObjectKeys.NO_FIELD);
            assertThat(fields("\"x\"\"b\"\"a\"")).containsExactly(ObjectKeys.NO_FIELD, 1, 0);
            assertThat(fields("\"a\"\"a\"\"c\"")).containsExactly(0, 0, 2);
        }

        assertThat(asked).containsExactly("a", "b", "x", "c");
        assertThat(keys.fieldOf("c")).isEqualTo(2);
        assertThat(asked).hasSize(4);
    }

    @Test
    void remembersNoLongKeys() {
        String longKey = "x".repeat(1_000);

        for (int i = 0; i < 3; i++) {
            assertThat(fields("\"a\"\"" + longKey + "\"\"b\""))
                    .containsExactly(0, ObjectKeys.NO_FIELD, 1);
        }

        assertThat(asked).containsExactly("a", longKey, "b", longKey, longKey);
    }

    @Test
    void remembersNoEndOfKeysThatAreData() {
        int many = 30_000;
        for (int i = 0; i < many; i++) {
            keys.fieldOf("id-" + i);
        }
        asked.clear();

        for (int i = 0; i < many; i++) {
            assertThat(keys.fieldOf("id-" + i)).isEqualTo(ObjectKeys.NO_FIELD);
        }

        assertThat(asked).hasSize(20_000);
    }

    @Test
    void takesNothingButATextAsAKey() {
        JsonScan json = scan("a");
        keys.begin();

        assertThat(keys.scan(json)).isFalse();
    }

    private List<Integer> fields(String texts) {
        JsonScan json = scan(texts);
        List<Integer> found = new ArrayList<>();
        keys.begin();
        while (!json.isAtEnd()) {
            assertThat(keys.scan(json)).isTrue();
            found.add(keys.field());
        }
        return found;
    }

    private static JsonScan scan(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonScan json = new JsonScan();
        json.over(bytes, 0, bytes.length);
        return json;
    }
}
