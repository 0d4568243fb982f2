package io.hydrant.core.options;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All options of some {@code XxxOptions} classes: refuses keys that none of them has, and prints
 * their table for the docs, so that code and docs cannot drift apart.
 */
public final class OptionCatalog {

    private static final Map<Class<?>, String> VALUE_FORMS =
            Map.of(
                    Boolean.class, "true or false",
                    Integer.class, "a whole number",
                    Long.class, "a whole number",
                    Double.class, "a number",
                    Duration.class, "a time such as 10 s or 200 ms",
                    MemorySize.class, "a size such as 64 mb or 512 kb",
                    Map.class, "key:value,key:value");

    private final Map<String, ConfigOption<?>> options;
    private final Map<String, Class<?>> types;

    private OptionCatalog(Map<String, ConfigOption<?>> options, Map<String, Class<?>> types) {
        this.options = Collections.unmodifiableMap(options);
        this.types = types;
    }

    /** Every public constant of type {@link ConfigOption} in the classes, sorted by key. */
    public static OptionCatalog of(Class<?>... optionClasses) {
        Map<String, ConfigOption<?>> found = new TreeMap<>();
        Map<String, Class<?>> types = new HashMap<>();
        for (Class<?> optionClass : optionClasses) {
            for (Field field : optionClass.getFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        && field.getType() == ConfigOption.class) {
                    ConfigOption<?> option = read(field);
                    if (found.put(option.key(), option) != null) {
                        throw new IllegalArgumentException("Two options are named " + option.key());
                    }
                    types.put(option.key(), typeOf(field));
                }
            }
        }
        return new OptionCatalog(found, types);
    }

    /** The options by key. */
    public Map<String, ConfigOption<?>> options() {
        return options;
    }

    /**
     * What is wrong with a key, or null where it is known.
     *
     * @return a sentence that names the key and the nearest known one
     */
    public String problemWith(String key) {
        return options.containsKey(key)
                ? null
                : "'" + key + "' is not an option" + NearestName.hint(key, options.keySet());
    }

    /**
     * Refuses unknown keys, all in one message.
     *
     * @throws IllegalArgumentException naming each unknown key and the nearest known one
     */
    public void requireKnown(Collection<String> keys) {
        String problems =
                keys.stream()
                        .map(this::problemWith)
                        .filter(problem -> problem != null)
                        .sorted()
                        .reduce((a, b) -> a + "\n" + b)
                        .orElse(null);
        if (problems != null) {
            throw new IllegalArgumentException(problems);
        }
    }

    /**
     * What the value of a known option may look like, such as {@code true or false}; made to stand
     * at the end of an error message.
     */
    public String allowedValues(String key) {
        Class<?> type = types.get(key);
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return VALUE_FORMS.getOrDefault(type, "a text");
    }

    /** The options as a Markdown table: key, default, meaning. */
    public String markdownTable() {
        StringBuilder table =
                new StringBuilder("| option | default | meaning |\n| --- | --- | --- |\n");
        for (ConfigOption<?> option : options.values()) {
            table.append("| `")
                    .append(option.key())
                    .append("` | ")
                    .append(shownDefault(option))
                    .append(" | ")
                    .append(new HtmlFormatter().format(option.description()).replace("|", "\\|"))
                    .append(" |\n");
        }
        return table.toString();
    }

    /** Nothing for an empty default, which Markdown has no code span for. */
    private static String shownDefault(ConfigOption<?> option) {
        String shown = option.hasDefaultValue() ? shown(option.defaultValue()) : "";
        return shown.isEmpty() ? "" : "`" + shown + "`";
    }

    /** A value as one would write it in a configuration. */
    public static String shown(Object value) {
        if (value instanceof Duration duration) {
            long millis = duration.toMillis();
            return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
        }
        return String.valueOf(value);
    }

    /** The type argument of a field {@code ConfigOption<T>}. */
    private static Class<?> typeOf(Field field) {
        Type type = ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    private static ConfigOption<?> read(Field field) {
        try {
            return (ConfigOption<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Cannot read " + field, e);
        }
    }
}
