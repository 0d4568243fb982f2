package io.hydrant.jobs.delivery;

import io.hydrant.jobs.delivery.document.Problems;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ManagedServicePropertiesTest {

    @TempDir private Path folder;

    private final Problems problems = new Problems();

    @Test
    void readsItsGroupAmongOthers() throws IOException {
        assertThat(
                        read(
                                """
                                [
                                  {"PropertyGroupId": "Other", "PropertyMap": {"config": "no"}},
                                  {"PropertyGroupId": "HydrantDelivery",
                                   "PropertyMap": {"config": "s3://b/k", "parallelism": "2"}}
                                ]
                                """))
                .isEqualTo(Map.of("config", "s3://b/k", "parallelism", "2"));
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void hasNothingWhereTheGroupIsMissing() throws IOException {
        assertThat(read("[]")).isNull();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void hasNothingOutsideTheService() {
        assertThat(
                        ManagedServiceProperties.read(
                                folder.resolve("absent.json"), "HydrantDelivery", problems))
                .isNull();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithTheFile() throws IOException {
        assertThat(read("[{")).isNull();

        assertThat(problems.all())
                .singleElement()
                .asString()
                .startsWith(folder.resolve("properties.json") + ": is not JSON: ");
    }

    private Map<String, String> read(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("properties.json"), json);
        return ManagedServiceProperties.read(file, "HydrantDelivery", problems);
    }
}
