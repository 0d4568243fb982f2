package io.hydrant.launcher.deploy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class TemplateFolderTest {

    @Test
    void leavesNothingBehindThatNobodyAskedFor() throws IOException {
        Path place;
        try (TemplateFolder folder = TemplateFolder.in(null)) {
            place = folder.path();
            Files.writeString(place.resolve("stream.template.json"), "{}");
            Files.createDirectories(place.resolve("asset.1"));
        }
        assertThat(place).doesNotExist();
    }

    @Test
    void keepsWhatWasAskedFor(@TempDir Path parent) throws IOException {
        Path place = parent.resolve("a").resolve("templates");
        try (TemplateFolder folder = TemplateFolder.in(place)) {
            Files.writeString(folder.path().resolve("stream.template.json"), "{}");
        }
        assertThat(place.resolve("stream.template.json")).exists();
    }
}
