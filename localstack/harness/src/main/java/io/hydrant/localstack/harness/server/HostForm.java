package io.hydrant.localstack.harness.server;

import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.process.SupervisedProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** LocalStack as a Python process of this machine, "host mode" in its documentation. */
final class HostForm {

    static final String SERVICES =
            "s3,kinesis,sts,sqs,iam,kms,cloudwatch,secretsmanager,cloudformation";

    private HostForm() {}

    /**
     * What to run.
     *
     * @param installation where LocalStack is
     * @param port where it shall listen, on the loopback interface only
     * @param folder the run's own folder
     */
    static SupervisedProcess.Specification specification(
            HostInstallation installation, int port, Path folder) throws IOException {
        Path root = folder.resolve("root");
        Path data = Files.createDirectories(root.resolve("var/lib/localstack"));
        // Each run has its own file system root, because LocalStack clears its temporary folder
        // when it starts and stops. All of them share the engine, and the catalog of services,
        // which takes 300 MB of memory and some seconds to make.
        Files.createSymbolicLink(data.resolve("lib"), installation.engines());
        Files.createSymbolicLink(
                data.resolve("cache"), Files.createDirectories(installation.catalogs()));
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        return new SupervisedProcess.Specification(
                List.of(
                        installation.python().executable().toString(),
                        "-m",
                        "localstack.runtime.main"),
                environment(System.getenv(), port, root, temporary),
                List.of());
    }

    static Map<String, String> environment(
            Map<String, String> inherited, int port, Path root, Path temporary) {
        Map<String, String> environment = new HashMap<>();
        inherited.forEach(
                (name, value) -> {
                    // The user's AWS and Python settings are not for this server.
                    if (!name.startsWith("AWS_")
                            && !name.startsWith("LOCALSTACK_")
                            && !name.startsWith("KINESIS_")
                            && !name.startsWith("PYTHON")
                            && !name.equals("TMPDIR")) {
                        environment.put(name, value);
                    }
                });
        String address = "127.0.0.1:" + port;
        environment.put("GATEWAY_LISTEN", address);
        environment.put("LOCALSTACK_HOST", address);
        environment.put("FILESYSTEM_ROOT", root.toString());
        environment.put("TEMP", temporary.toString());
        environment.put("PYTHONUNBUFFERED", "1");
        // In a sandbox that looks like a container it would take itself for its own image and
        // write to system folders.
        environment.put("OVERRIDE_IN_DOCKER", "0");
        environment.put("DNS_ADDRESS", "0");
        environment.put("SKIP_SSL_CERT_DOWNLOAD", "1");
        environment.putAll(settings());
        return environment;
    }

    /** What holds in host mode and in a container alike. */
    static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("SERVICES", SERVICES);
        settings.put("DISABLE_EVENTS", "1");
        settings.put("PERSISTENCE", "0");
        // One log line per request costs more than some requests.
        settings.put("LS_LOG", System.getenv().getOrDefault("LS_LOG", "warning"));
        settings.put("KINESIS_MOCK_VERSION", HostInstallation.KINESIS_ENGINE_VERSION);
        // With persistence the engine writes its whole state every five seconds and stalls.
        settings.put("KINESIS_PERSISTENCE", "0");
        // How long a stream stays in CREATING, UPDATING or DELETING.
        settings.put("KINESIS_LATENCY", "100");
        settings.put("KINESIS_SHARD_LIMIT", "1000");
        settings.put("KINESIS_ON_DEMAND_STREAM_COUNT_LIMIT", "100");
        return settings;
    }

    static String description() {
        return "LocalStack " + LocalStack.VERSION + " (host)";
    }
}
