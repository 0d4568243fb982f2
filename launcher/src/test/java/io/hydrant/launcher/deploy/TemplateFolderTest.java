package io.hydrant.launcher.deploy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TemplateFolderTest {

    @TempDir private Path place;

    @Test
    void leavesNothingBehindWhereNobodyNamedAFolder() throws Exception {
        Path path;
        try (TemplateFolder folder = TemplateFolder.of(null)) {
            path = folder.path();
            Files.writeString(path.resolve("deployment.json"), "{}");
        }

        assertThat(path).doesNotExist();
    }

    @Test
    void keepsTheFolderThatSomebodyNamed() throws Exception {
        Path named = place.resolve("new/one");
        try (TemplateFolder folder = TemplateFolder.of(named)) {
            Files.writeString(folder.path().resolve("deployment.json"), "{}");
        }

        assertThat(named.resolve("deployment.json")).exists();
    }

    @Test
    void refusesAFileInItsPlace() throws Exception {
        Path file = Files.writeString(place.resolve("file"), "");

        assertThatThrownBy(() -> TemplateFolder.of(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--out is " + file + ", which is no folder; name one, or a new one");
    }
}
