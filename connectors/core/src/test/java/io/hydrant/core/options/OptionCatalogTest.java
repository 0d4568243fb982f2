package io.hydrant.core.options;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

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

        private SomeOptions() {}
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

        assertThat(catalog.options()).containsOnlyKeys("pump.interval", "pump.name");
    }
}
