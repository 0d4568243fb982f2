package io.hydrant.jobs.gateway;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.Command;
import io.hydrant.localstack.harness.python.Python;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Producers with AWS' SDKs for Python and JavaScript and its command line, in versions that their
 * lists name; installed through the pip and npm of this machine and kept in the cache.
 */
final class SdkProducers {

    /** Names the folder: whoever changes a list of packages raises it. */
    private static final String VERSION = "2";

    private static final int OLDEST_PYTHON_MINOR = 9;

    private final Path folder;

    private SdkProducers(Path folder) {
        this.folder = folder;
    }

    static SdkProducers install() throws IOException {
        HydrantCache cache = HydrantCache.ofUser();
        Progress progress = Progress.onStandardError();
        Path installed =
                cache.entry(cache.folder("sdk-producers").resolve(VERSION))
                        .ensure(
                                progress,
                                making -> {
                                    progress.say(
                                            "Producers: installing boto3, the AWS CLI and the SDK for JavaScript (once) …");
                                    fill(making);
                                });
        return new SdkProducers(installed);
    }

    private static void fill(Path folder) throws IOException {
        for (String file : new String[] {"package.json", "package-lock.json", "requirements.txt"}) {
            copy(file, folder);
        }
        Python python =
                Python.find(OLDEST_PYTHON_MINOR, "boto3")
                        .virtualEnvironment(folder.resolve("venv"));
        python.install(folder.resolve("requirements.txt")).run();
        Command.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund").in(folder).run();
    }

    private static void copy(String file, Path folder) throws IOException {
        try (InputStream content = SdkProducers.class.getResourceAsStream("sdk/" + file)) {
            Files.copy(content, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What the producer in Python says, a line of JSON. */
    String python(URI endpoint, Path scratch) throws IOException {
        copy("producer.py", scratch);
        return run(
                Command.of(
                        folder.resolve("venv/bin/python").toString(),
                        scratch.resolve("producer.py").toString(),
                        endpoint.toString()));
    }

    /** What the producer in JavaScript says. */
    String javaScript(URI endpoint, Path scratch) throws IOException {
        copy("producer.mjs", scratch);
        // Node looks for packages where the script is.
        Files.createSymbolicLink(scratch.resolve("node_modules"), folder.resolve("node_modules"));
        return run(
                Command.of(
                        "node", scratch.resolve("producer.mjs").toString(), endpoint.toString()));
    }

    /**
     * What AWS' command line says, which is JSON.
     *
     * @param certificate the only one to trust
     */
    String commandLine(URI endpoint, Path certificate, String... words) throws IOException {
        List<String> all = new ArrayList<>();
        all.addAll(List.of(folder.resolve("venv/bin/python").toString(), "-m", "awscli"));
        all.addAll(List.of("--endpoint-url", endpoint.toString(), "--region", "eu-west-1"));
        all.addAll(List.of("--ca-bundle", certificate.toString(), "--output", "json"));
        all.addAll(List.of(words));
        return withKeys(Command.of(all)).run();
    }

    private static Command withKeys(Command command) {
        return command.with(
                Map.of(
                        "AWS_ACCESS_KEY_ID",
                        RunningGateway.KEY_ID,
                        "AWS_SECRET_ACCESS_KEY",
                        RunningGateway.SECRET));
    }

    private static String run(Command command) throws IOException {
        String said = withKeys(command).run();
        // What the SDKs say of themselves comes in between.
        return said.lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow(() -> new IOException("The producer said only: " + said));
    }
}
