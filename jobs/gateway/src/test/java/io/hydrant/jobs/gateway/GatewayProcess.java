package io.hydrant.jobs.gateway;

import io.hydrant.jobs.gateway.document.GatewayDocument;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A gateway in a JVM of its own, which can be killed. */
final class GatewayProcess implements AutoCloseable {

    private final Process process;
    private final URI endpoint;

    private GatewayProcess(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** The other JVM: serves until it is killed, or whoever started it is gone. */
    public static void main(String[] args) throws Exception {
        @SuppressWarnings("checkstyle:systemOut") // the endpoint is all that it says there
        PrintStream out = System.out;
        System.setOut(System.err);
        Gateway gateway =
                Gateway.start(
                        GatewayDocument.read(
                                List.of(Path.of(args[0])), List.of(args).subList(1, args.length)));
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
        out.println(gateway.endpoint());
        Thread watch =
                new Thread(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    // Nobody says anything; only the end counts.
                                }
                            } catch (IOException e) {
                                // An end, too.
                            }
                            System.exit(0);
                        });
        watch.setDaemon(true);
        watch.start();
        new CountDownLatch(1).await();
    }

    static GatewayProcess start(RunningGateway kinesis) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(GatewayProcess.class.getName());
        command.add(kinesis.configuration().toString());
        command.addAll(kinesis.assignments());
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader words = process.inputReader(StandardCharsets.UTF_8);
        String endpoint = words.readLine();
        if (endpoint == null) {
            throw new IOException("The gateway did not start: its error output says why");
        }
        return new GatewayProcess(process, URI.create(endpoint));
    }

    URI endpoint() {
        return endpoint;
    }

    /** As a power cut does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As an operator does. */
    void terminate() {
        process.destroy();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
