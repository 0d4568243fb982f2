package io.hydrant.localstack.harness.cache;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HydrantCacheTest {

    @TempDir private Path home;

    @Test
    void liesWhereTheUserPutsIt() {
        assertThat(
                        HydrantCache.of(
                                        Map.of("HYDRANT_CACHE", "/data/h", "XDG_CACHE_HOME", "/x"),
                                        home)
                                .root())
                .isEqualTo(Path.of("/data/h"));
    }

    @Test
    void liesInTheCacheFolderOfTheDesktopStandard() {
        assertThat(HydrantCache.of(Map.of("XDG_CACHE_HOME", "/x"), home).root())
                .isEqualTo(Path.of("/x/hydrant"));
        assertThat(HydrantCache.of(Map.of("HYDRANT_CACHE", " "), home).root())
                .isEqualTo(home.resolve(".cache/hydrant"));
    }

    @Test
    void namesTheWayOutWhenItCannotBeWritten() throws IOException {
        Path file = Files.createFile(home.resolve("file"));
        HydrantCache cache = HydrantCache.of(Map.of("HYDRANT_CACHE", file.toString()), home);

        assertThatThrownBy(() -> cache.folder("localstack"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "Cannot make the cache folder %s/localstack; set HYDRANT_CACHE to a folder"
                                + " that you may write",
                        file);
    }

    @Test
    void keepsEntriesInsideItself() {
        HydrantCache cache = HydrantCache.of(Map.of("HYDRANT_CACHE", "/data/h"), home);

        assertThatThrownBy(() -> cache.entry(Path.of("/data/other")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("/data/other is not in the cache /data/h");
    }
}
