package io.hydrant.localstack.bench.measure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values that go to another JVM as arguments, each as {@code name=value}. */
public final class NamedValues {

    private NamedValues() {}

    /** The arguments that {@link #parse} takes. */
    public static List<String> toArguments(Map<String, ?> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + '=' + value.getValue())
                .toList();
    }

    /** The values by their names; a value may hold an equals sign, a name may not. */
    public static Map<String, String> parse(String[] arguments) {
        Map<String, String> values = new TreeMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return values;
    }
}
