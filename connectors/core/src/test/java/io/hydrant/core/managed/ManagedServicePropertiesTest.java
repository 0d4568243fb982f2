package io.hydrant.core.managed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ManagedServicePropertiesTest {

    @TempDir private Path folder;

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
    }

    @Test
    void hasNothingWhereTheGroupIsMissing() throws IOException {
        assertThat(read("[]")).isNull();
    }

    @Test
    void hasNothingOutsideTheService() {
        assertThat(ManagedServiceProperties.read(folder.resolve("absent.json"), "HydrantDelivery"))
                .isNull();
    }

    @Test
    void saysWhatIsWrongWithTheFile() {
        assertThatThrownBy(() -> read("[{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is not JSON: ");
    }

    private Map<String, String> read(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("properties.json"), json);
        return ManagedServiceProperties.read(file, "HydrantDelivery");
    }
}
