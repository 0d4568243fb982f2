package io.hydrant.localstack.harness.functions;

import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.FileTrees;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.Command;
import io.hydrant.localstack.harness.process.LogTail;
import io.hydrant.localstack.harness.process.ProcessIdentity;
import io.hydrant.localstack.harness.process.ProcessMark;
import io.hydrant.localstack.harness.process.SupervisedProcess;
import io.hydrant.localstack.harness.server.FreePort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A runtime of Lambda functions as a process of this machine: serverless-offline, which runs a
 * function's own code and answers Lambda's Invoke. It is installed once per user, through the npm
 * of this machine and with its settings, and ends with the process that started it.
 */
public final class FunctionRuntime implements AutoCloseable {

    private static final String FRAMEWORK = "serverless@3.40.0";
    private static final String OFFLINE = "serverless-offline@13.9.0";
    private static final String SERVICE = "hydrant";
    private static final String STAGE = "test";
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);
    private static final int PROBE_MILLIS = 500;

    private final SupervisedProcess process;
    private final Path folder;
    private final int port;

    private FunctionRuntime(SupervisedProcess process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts a runtime with these functions and waits until it answers.
     *
     * @param functions what it runs
     * @param progress told of an installation
     * @throws IOException if it cannot be installed or does not start, saying why
     */
    public static FunctionRuntime start(List<FunctionSource> functions, Progress progress)
            throws IOException {
        Path installed = install(HydrantCache.ofUser(), progress);
        Path folder = Files.createTempDirectory("hydrant-functions");
        int port = FreePort.any();
        Files.writeString(folder.resolve("serverless.yml"), configuration(functions, port));
        for (FunctionSource function : functions) {
            Files.writeString(folder.resolve(function.fileName()), function.source());
        }
        Files.createSymbolicLink(folder.resolve("node_modules"), installed.resolve("node_modules"));
        ProcessMark mark = new ProcessMark("functions/" + port, ProcessIdentity.ofThisProcess());
        FunctionRuntime runtime =
                new FunctionRuntime(
                        SupervisedProcess.start(mark, specification(folder), folder), folder, port);
        runtime.awaitReady();
        return runtime;
    }

    private static Path install(HydrantCache cache, Progress progress) throws IOException {
        Path folder =
                cache.folder("functions").resolve((FRAMEWORK + "-" + OFFLINE).replace('@', '-'));
        return cache.entry(folder)
                .ensure(
                        progress,
                        making -> {
                            progress.say(
                                    "Function runtime: installing "
                                            + FRAMEWORK
                                            + " and "
                                            + OFFLINE
                                            + " through npm, 280 MB …");
                            Command.of(
                                            "npm",
                                            "install",
                                            "--no-audit",
                                            "--no-fund",
                                            "--ignore-scripts",
                                            "--prefix",
                                            making.toString(),
                                            FRAMEWORK,
                                            OFFLINE)
                                    .in(making)
                                    .run();
                        });
    }

    private static String configuration(List<FunctionSource> functions, int port)
            throws IOException {
        StringBuilder yaml =
                new StringBuilder(
                        """
                        service: %s
                        frameworkVersion: '3'
                        provider:
                          name: aws
                          stage: %s
                          region: us-east-1
                        plugins:
                          - serverless-offline
                        custom:
                          serverless-offline:
                            host: 127.0.0.1
                            httpPort: %d
                            lambdaPort: %d
                        functions:
                        """
                                .formatted(SERVICE, STAGE, FreePort.any(), port));
        functions.forEach(function -> yaml.append(function.configuration()));
        return yaml.toString();
    }

    private static SupervisedProcess.Specification specification(Path folder) {
        Map<String, String> environment = new HashMap<>();
        System.getenv()
                .forEach(
                        (name, value) -> {
                            // The user's AWS settings are not for these functions.
                            if (!name.startsWith("AWS_")) {
                                environment.put(name, value);
                            }
                        });
        environment.put("SLS_TELEMETRY_DISABLED", "1");
        environment.put("SLS_NOTIFICATIONS_MODE", "off");
        // It takes the folder with the configuration from here, since a command has none of its
        // own.
        String start =
                "cd \"$0\" && exec node node_modules/serverless/bin/serverless.js offline start";
        return new SupervisedProcess.Specification(
                List.of("sh", "-c", start, folder.toString()), environment, List.of());
    }

    private void awaitReady() throws IOException {
        boolean answered =
                Conditions.comeTrue(READY_TIMEOUT, () -> isListening() || !process.isAlive());
        if (!answered || !process.isAlive()) {
            String log = LogTail.of(SupervisedProcess.log(folder));
            close();
            throw new IOException("The function runtime did not start. Its log:\n" + log);
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where Lambda's Invoke answers. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The ARN of a function of that short name. */
    public String arn(String name) {
        return "arn:aws:lambda:us-east-1:000000000000:function:"
                + SERVICE
                + "-"
                + STAGE
                + "-"
                + name;
    }

    /** Ends the runtime and all that it started, and waits until they are gone. */
    @Override
    public void close() throws IOException {
        process.end();
        FileTrees.delete(folder);
    }
}
