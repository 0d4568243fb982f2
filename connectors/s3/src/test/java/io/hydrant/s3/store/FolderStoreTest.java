package io.hydrant.s3.store;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class FolderStoreTest extends ObjectStoreContract {

    @TempDir Path folder;

    @BeforeEach
    void makeTheBucket() throws IOException {
        Files.createDirectories(folder.resolve(bucket()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "a/../../../b", "/absolute", "a//b", "./a", "a\0b"})
    void noKeyLeadsOutOfTheFolder(String key) throws IOException {
        try (FolderStore store = new FolderStore(folder)) {
            store.putIfAbsent(bucket(), key, "id", new byte[] {1});

            assertThat(store.path(bucket(), key).normalize())
                    .isEqualTo(store.path(bucket(), key))
                    .startsWith(folder.resolve(bucket()));
            assertThat(store.head(bucket(), key)).isEqualTo(new StoredObject(1, "id"));
        }
    }

    @Test
    void takesNamesThatAreTooLongForAFileSystem() {
        try (FolderStore store = new FolderStore(folder)) {
            String key = "ü".repeat(500) + "/object";

            assertThat(store.putIfAbsent(bucket(), key, "id", new byte[] {1})).isTrue();
            assertThat(store.head(bucket(), key)).isEqualTo(new StoredObject(1, "id"));
        }
    }

    @Test
    void leavesNothingButObjectsBehind() throws Exception {
        makesAnObjectOfTheNamedPartsThatShowsOnlyWhenItIsWhole();

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Override
    ObjectStore open() {
        return new FolderStore(folder);
    }

    @Override
    String bucket() {
        return "bucket";
    }

    @Override
    int moreThanAPage() {
        return 1_001;
    }
}
