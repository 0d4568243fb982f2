package io.hydrant.localstack.harness.flink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The jar of Flink's SQL gateway, which a distribution has in {@code opt} and Flink's packages for
 * Python lack. Without it {@code sql-client.sh} does not start.
 */
final class SqlGatewayJar {

    private SqlGatewayJar() {}

    /** Adds it to a home that has none; several processes may do so at the same time. */
    static void addTo(Path home, String version) throws IOException {
        String name = "flink-sql-gateway-" + version + ".jar";
        Path options = Files.createDirectories(home.resolve("opt"));
        Path jar = options.resolve(name);
        if (Files.exists(jar)) {
            return;
        }
        Path copy = Files.createTempFile(options, "sql-gateway-", ".part");
        try (InputStream content = SqlGatewayJar.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IOException(
                        name + " is not among the resources of the harness; build it with Maven");
            }
            Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, jar, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(copy);
        }
    }
}
