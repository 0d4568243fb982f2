package io.hydrant.core.options;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OptionCatalogTest {

    /** Options to read. */
    public static final class SomeOptions {
        /** With a default. */
        public static final ConfigOption<Duration> INTERVAL =
                ConfigOptions.key("pump.interval")
                        .durationType()
                        .defaultValue(Duration.ofSeconds(90))
                        .withDescription("How often to pump | or not.");

        /** Without one. */
        public static final ConfigOption<String> NAME =
                ConfigOptions.key("pump.name")
                        .stringType()
                        .noDefaultValue()
                        .withDescription("What to call it.");

        /** With an empty one. */
        public static final ConfigOption<String> LABEL =
                ConfigOptions.key("pump.label")
                        .stringType()
                        .defaultValue("")
                        .withDescription("What it says.");

        private SomeOptions() {}
    }

    /** One option of every type. */
    public static final class TypedOptions {
        /** Truth. */
        public static final ConfigOption<Boolean> FLAG =
                ConfigOptions.key("flag").booleanType().noDefaultValue();

        /** Whole number. */
        public static final ConfigOption<Integer> COUNT =
                ConfigOptions.key("count").intType().noDefaultValue();

        /** Size. */
        public static final ConfigOption<MemorySize> SIZE =
                ConfigOptions.key("size").memoryType().noDefaultValue();

        /** Time. */
        public static final ConfigOption<Duration> TIME =
                ConfigOptions.key("time").durationType().noDefaultValue();

        /** Choice. */
        public static final ConfigOption<RoundingMode> CHOICE =
                ConfigOptions.key("choice").enumType(RoundingMode.class).noDefaultValue();

        /** Map. */
        public static final ConfigOption<Map<String, String>> MAP =
                ConfigOptions.key("map").mapType().noDefaultValue();

        /** Text. */
        public static final ConfigOption<String> TEXT =
                ConfigOptions.key("text").stringType().noDefaultValue();

        private TypedOptions() {}
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    flag   | true or false
                    count  | a whole number
                    size   | a size such as 64 mb or 512 kb
                    time   | a time such as 10 s or 200 ms
                    choice | one of UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN, HALF_EVEN, UNNECESSARY
                    map    | key:value,key:value
                    text   | a text
                    """)
    void saysWhatAValueMayLookLike(String key, String allowed) {
        assertThat(OptionCatalog.of(TypedOptions.class).allowedValues(key)).isEqualTo(allowed);
    }

    private final OptionCatalog catalog = OptionCatalog.of(SomeOptions.class);

    @Test
    void printsTheTableOfTheDocs() {
        assertThat(catalog.markdownTable())
                .isEqualTo(
                        """
                        | option | default | meaning |
                        | --- | --- | --- |
                        | `pump.interval` | `90 s` | How often to pump \\| or not. |
                        | `pump.label` |  | What it says. |
                        | `pump.name` |  | What to call it. |
                        """);
    }

    @Test
    void refusesEveryUnknownKeyAndNamesTheNearest() {
        assertThatThrownBy(() -> catalog.requireKnown(List.of("pump.nmae", "pump.name", "zzz")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'pump.nmae' is not an option; did you mean 'pump.name'?\n'zzz' is not an option");
    }

    @Test
    void acceptsKnownKeys() {
        catalog.requireKnown(List.of("pump.name", "pump.interval"));

        assertThat(catalog.options()).containsOnlyKeys("pump.interval", "pump.label", "pump.name");
    }
}
