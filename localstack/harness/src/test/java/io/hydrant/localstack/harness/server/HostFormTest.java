package io.hydrant.localstack.harness.server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HostFormTest {

    @TempDir private Path folder;

    @Test
    void keepsTheUsersSettingsAwayFromTheServer() {
        Map<String, String> environment =
                HostForm.environment(
                        Map.of(
                                "AWS_PROFILE", "production",
                                "PYTHONPATH", "/mine",
                                "KINESIS_LATENCY", "9000",
                                "TMPDIR", "/elsewhere",
                                "PATH", "/bin"),
                        4599,
                        folder.resolve("root"),
                        folder.resolve("tmp"));

        assertThat(environment)
                .doesNotContainKeys("AWS_PROFILE", "PYTHONPATH", "TMPDIR")
                .containsEntry("PATH", "/bin")
                .containsEntry("KINESIS_LATENCY", "100")
                .containsEntry("GATEWAY_LISTEN", "127.0.0.1:4599")
                .containsEntry("FILESYSTEM_ROOT", folder.resolve("root").toString())
                .containsEntry("TEMP", folder.resolve("tmp").toString())
                .containsEntry("OVERRIDE_IN_DOCKER", "0")
                .containsEntry("KINESIS_PERSISTENCE", "0")
                .containsEntry("KINESIS_MOCK_VERSION", "0.6.2");
    }

    @Test
    void pinsEveryPackageItInstalls() throws IOException {
        byte[] requirements = HostInstallation.requirements();
        List<String> lines =
                new String(requirements, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList();

        assertThat(lines)
                .contains("localstack-core==4.9.2")
                .allMatch(line -> line.matches("[a-z0-9-]+==[0-9][0-9a-z.]*"))
                .doesNotHaveDuplicates();
        assertThat(HostInstallation.countPackages(requirements)).isEqualTo(lines.size());
    }

    @Test
    void readsTheVersionOfNode() {
        assertThat(HostInstallation.nodeMajor("v20.20.2")).isEqualTo(20);
        assertThat(HostInstallation.nodeMajor("nvm: not found")).isZero();
        assertThat(HostInstallation.nodeMajor("vX.1")).isZero();
    }

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> FreePort.require(port, "LocalStack"))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "LocalStack cannot listen on port %s of 127.0.0.1, something else does."
                                    + " End that, or choose another port with --port.",
                            port);
        }
    }
}
