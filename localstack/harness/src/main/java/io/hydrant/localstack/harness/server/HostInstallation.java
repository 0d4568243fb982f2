package io.hydrant.localstack.harness.server;

import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.Command;
import io.hydrant.localstack.harness.python.Python;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * LocalStack's Python environment and its Kinesis engine, installed once per user and shared by all
 * builds.
 *
 * @param python the environment's interpreter
 * @param engines the folder where LocalStack looks for engines that it would install itself
 * @param catalogs the folder where LocalStack keeps what it derived from its own files
 */
record HostInstallation(Python python, Path engines, Path catalogs) {

    /** The npm package is kinesis-local; LocalStack reads the version from this variable. */
    static final String KINESIS_ENGINE_VERSION = "0.6.2";

    private static final int OLDEST_PYTHON_MINOR = 11;
    private static final int OLDEST_NODE = 18;
    private static final String REQUIREMENTS = "localstack-requirements.txt";
    private static final int PACKAGES_PER_LINE = 10;

    static HostInstallation ensure(HydrantCache cache, Progress progress) throws IOException {
        Python system = Python.find(OLDEST_PYTHON_MINOR, "LocalStack " + LocalStack.VERSION);
        requireNode();
        byte[] requirements = requirements();
        Path folder =
                cache.folder("localstack")
                        .resolve("host-" + LocalStack.VERSION + "-" + key(requirements, system));
        cache.entry(folder)
                .ensure(progress, making -> install(making, system, requirements, progress));
        return new HostInstallation(
                system.inVirtualEnvironment(folder.resolve("venv")),
                folder.resolve("engines"),
                folder.resolve("catalogs"));
    }

    private static void install(Path folder, Python system, byte[] requirements, Progress progress)
            throws IOException {
        String what = "LocalStack " + LocalStack.VERSION + ": ";
        progress.say(
                what
                        + "making a virtual environment of Python "
                        + system.version()
                        + " (1 of 3) …");
        Python python = system.virtualEnvironment(folder.resolve("venv"));

        Path list = folder.resolve(REQUIREMENTS);
        Files.write(list, requirements);
        int packages = countPackages(requirements);
        progress.say(what + "installing " + packages + " Python packages, 60 MB (2 of 3) …");
        AtomicInteger collected = new AtomicInteger();
        python.install(list)
                .listening(
                        line -> {
                            if (line.startsWith("Collecting ")) {
                                int count = collected.incrementAndGet();
                                if (count % PACKAGES_PER_LINE == 0 || count == packages) {
                                    progress.say(what + count + " of " + packages + " packages");
                                }
                            }
                        })
                .run();

        progress.say(what + "installing its Kinesis engine through npm (3 of 3) …");
        Path engine = folder.resolve(Path.of("engines", "kinesis-local", KINESIS_ENGINE_VERSION));
        Files.createDirectories(engine);
        Command.of(
                        "npm",
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--prefix",
                        engine.toString(),
                        "kinesis-local@" + KINESIS_ENGINE_VERSION)
                .in(engine)
                .run();
    }

    private static void requireNode() throws IOException {
        String found;
        try {
            found = Command.of("node", "--version").run().trim();
            Command.of("npm", "--version").run();
        } catch (IOException e) {
            throw new IOException(
                    "LocalStack's Kinesis engine needs Node.js "
                            + OLDEST_NODE
                            + " or newer with npm, and they do not run here. Install them (on"
                            + " Debian and Ubuntu: apt-get install nodejs npm).",
                    e);
        }
        if (nodeMajor(found) < OLDEST_NODE) {
            throw new IOException(
                    "LocalStack's Kinesis engine needs Node.js "
                            + OLDEST_NODE
                            + " or newer, and here it is "
                            + found
                            + ".");
        }
    }

    static int nodeMajor(String version) {
        int dot = version.indexOf('.');
        if (!version.startsWith("v") || dot < 0) {
            return 0;
        }
        try {
            return Integer.parseInt(version.substring(1, dot));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static byte[] requirements() throws IOException {
        try (InputStream in = HostInstallation.class.getResourceAsStream(REQUIREMENTS_PATH)) {
            return in.readAllBytes();
        }
    }

    static int countPackages(byte[] requirements) {
        List<String> lines = new String(requirements, StandardCharsets.UTF_8).lines().toList();
        return (int) lines.stream().filter(line -> line.contains("==")).count();
    }

    /** Another lock file, engine or interpreter makes another installation. */
    private static String key(byte[] requirements, Python python) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(requirements);
            digest.update(KINESIS_ENGINE_VERSION.getBytes(StandardCharsets.UTF_8));
            digest.update(python.toString().getBytes(StandardCharsets.UTF_8));
            return python.version() + "-" + HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static final String REQUIREMENTS_PATH =
            "/io/hydrant/localstack/harness/server/" + REQUIREMENTS;
}
