package io.hydrant.localstack.it;

import io.hydrant.core.options.OptionCatalog;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds {@code docs/options.md} to the options in the code. To write the page anew, run this test
 * with {@code -Dhydrant.docs.write=true} and commit what changed.
 */
class OptionsPageTest {

    private static final String WRITE_PROPERTY = "hydrant.docs.write";

    private static final String HEAD =
            """
            # Options

            Every option of every room, as the `Hydrant` object of a configuration file, `--set key=value` and the property
            group of Managed Service for Apache Flink take them. Unknown keys are refused. This page is made from the code;
            `./mvnw -pl localstack/it -am test -Dtest=OptionsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dhydrant.docs.write=true`
            writes it anew.
            """;

    @Test
    void thePageOfOptionsSaysWhatTheCodeSays() throws IOException {
        Path page = ProjectFolder.root().resolve("docs/options.md");
        String expected = page();
        if (Boolean.getBoolean(WRITE_PROPERTY)) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, expected);
        }

        assertThat(Files.readString(page))
                .as("docs/options.md is out of date; -D%s=true writes it anew", WRITE_PROPERTY)
                .isEqualTo(expected);
    }

    @Test
    void noTwoRoomsHaveAnOptionOfOneName() {
        assertThat(OptionCatalog.of(optionClasses().toArray(Class<?>[]::new)).options())
                .isNotEmpty();
    }

    private static String page() {
        TreeMap<String, String> tables = new TreeMap<>();
        for (Class<?> optionClass : optionClasses()) {
            OptionCatalog catalog = OptionCatalog.of(optionClass);
            tables.put(
                    catalog.options().keySet().iterator().next(),
                    "\n## " + room(optionClass) + "\n\n" + catalog.markdownTable());
        }
        return HEAD + String.join("", tables.values());
    }

    /** The room that the options belong to, such as {@code delivery.partition}. */
    private static String room(Class<?> optionClass) {
        return optionClass.getPackageName().substring("io.hydrant.".length());
    }

    private static List<Class<?>> optionClasses() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.hydrant")
                        .stream()
                        .filter(OptionsPageTest::holdsOptions)
                        .map(JavaClass::reflect)
                        .sorted(Comparator.comparing(Class::getName))
                        .toList();
    }

    private static boolean holdsOptions(JavaClass type) {
        return type.getSimpleName().endsWith("Options")
                && type.getFields().stream()
                        .anyMatch(field -> field.getRawType().isEquivalentTo(ConfigOption.class));
    }
}
