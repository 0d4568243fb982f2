package io.hydrant.localstack.harness.cache;

import io.hydrant.localstack.harness.Progress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CacheEntryTest {

    @TempDir private Path cache;

    @Test
    void isBuiltOnceHoweverManyWantIt() throws Exception {
        CacheEntry entry = new CacheEntry(cache.resolve("deep/venv"));
        AtomicInteger built = new AtomicInteger();
        Callable<Path> ensure =
                () ->
                        entry.ensure(
                                Progress.silent(),
                                folder -> {
                                    built.incrementAndGet();
                                    Files.writeString(folder.resolve("content"), "whole");
                                });
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Path>> found = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            found.add(threads.submit(ensure));
        }

        for (Future<Path> folder : found) {
            assertThat(folder.get().resolve("content")).hasContent("whole");
        }
        threads.shutdown();
        assertThat(built).hasValue(1);
    }

    @Test
    void isAbsentWhenItsBuilderFailed() throws IOException {
        Path folder = cache.resolve("venv");
        CacheEntry entry = new CacheEntry(folder);

        assertThatThrownBy(
                        () ->
                                entry.ensure(
                                        Progress.silent(),
                                        making -> {
                                            Files.writeString(making.resolve("half"), "");
                                            throw new IOException("no network");
                                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("no network");

        assertThat(folder).doesNotExist();
        entry.ensure(Progress.silent(), making -> Files.writeString(making.resolve("whole"), ""));
        assertThat(folder).isDirectoryContaining("glob:**whole");
        assertThat(folder).isDirectoryNotContaining("glob:**half");
    }

    @Test
    void isBuiltAnewWhenTheBuilderWasKilled() throws IOException {
        Path left = Files.createDirectories(cache.resolve("venv.making/bin"));
        Files.writeString(left.resolve("python"), "half");

        Path made =
                new CacheEntry(cache.resolve("venv"))
                        .ensure(Progress.silent(), making -> assertThat(making).isEmptyDirectory());

        assertThat(made).isEmptyDirectory();
    }

    @Test
    void deletesLinksWithoutFollowingThem() throws IOException {
        Path kept = Files.createDirectories(cache.resolve("engines/kept"));
        Path run = Files.createDirectories(cache.resolve("run"));
        Files.createSymbolicLink(run.resolve("lib"), kept.getParent());

        FileTrees.delete(run);

        assertThat(run).doesNotExist();
        assertThat(kept).exists();
    }
}
