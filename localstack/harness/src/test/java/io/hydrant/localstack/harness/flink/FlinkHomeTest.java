package io.hydrant.localstack.harness.flink;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FlinkHomeTest {

    @TempDir private Path folder;

    @BeforeEach
    void makesFolders() throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("lib"));
    }

    @Test
    void takesTheHomeThatTheUserNames() throws IOException {
        program();
        Files.createFile(folder.resolve("lib/flink-dist-2.3.1.jar"));

        FlinkHome home = find();

        assertThat(home).isEqualTo(new FlinkHome(folder, "2.3.1"));
        assertThat(home.program("flink")).isExecutable();
        assertThat(home.distributionJar()).exists();
    }

    @Test
    void refusesAnotherFlink() throws IOException {
        program();
        Files.createFile(folder.resolve("lib/flink-dist-1.20.5.jar"));

        assertThatThrownBy(this::find)
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "FLINK_HOME is "
                                + folder
                                + ", which is Flink 1.20.5. Hydrant needs 2.3.x: name such a"
                                + " distribution, or unset FLINK_HOME to have one assembled in the"
                                + " cache.");
    }

    @Test
    void refusesAFolderWithoutPrograms() {
        assertThatThrownBy(this::find)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "FLINK_HOME is " + folder + ", which has no executable bin/flink.");
    }

    @Test
    void refusesAFolderWithoutTheDistributionsJar() throws IOException {
        program();

        assertThatThrownBy(this::find)
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("there is no flink-dist-*.jar in its lib.");
    }

    @Test
    void addsWhatTheSqlClientNeedsOnce() throws IOException {
        Path jar = folder.resolve("opt/flink-sql-gateway-2.3.0.jar");

        SqlGatewayJar.addTo(folder, FlinkHome.ASSEMBLED_VERSION);
        try (ZipFile content = new ZipFile(jar.toFile())) {
            assertThat(content.getEntry("org/apache/flink/table/gateway/SqlGateway.class"))
                    .isNotNull();
        }
        Files.write(jar, new byte[1]);
        SqlGatewayJar.addTo(folder, FlinkHome.ASSEMBLED_VERSION);

        assertThat(jar).hasSize(1);
        assertThat(folder.resolve("opt")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void unpacksOnlyWhatBelongsToADistribution() throws IOException {
        Path wheel =
                wheel(
                        "pyflink/lib/a.jar",
                        "pyflink/plugins/metrics/b.jar",
                        "pyflink/shell.py",
                        "pyflink/README.txt",
                        "library.dist-info/RECORD");
        Path home = folder.resolve("home");

        FlinkHomeAssembly.unpack(wheel, Set.of("lib", "plugins", "README.txt"), home);

        assertThat(home)
                .isDirectoryRecursivelyContaining("glob:**/lib/a.jar")
                .isDirectoryRecursivelyContaining("glob:**/plugins/metrics/b.jar")
                .isDirectoryRecursivelyContaining("glob:**/README.txt")
                .isDirectoryNotContaining("glob:**/*.{py,dist-info}");
    }

    @Test
    void unpacksNothingOutsideTheHome() throws IOException {
        Path wheel = wheel("pyflink/lib/../../../stranger");

        assertThatThrownBy(
                        () ->
                                FlinkHomeAssembly.unpack(
                                        wheel, Set.of("lib"), folder.resolve("home")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("wants to write outside");
    }

    private void program() throws IOException {
        Path flink = Files.createFile(folder.resolve("bin/flink"));
        assertThat(flink.toFile().setExecutable(true)).isTrue();
    }

    private FlinkHome find() throws IOException {
        return FlinkHome.find(
                Map.of("FLINK_HOME", folder.toString()), HydrantCache.ofUser(), Progress.silent());
    }

    private Path wheel(String... entries) throws IOException {
        Path wheel = folder.resolve("wheel.whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(entry.getBytes(StandardCharsets.UTF_8));
            }
        }
        return wheel;
    }
}
