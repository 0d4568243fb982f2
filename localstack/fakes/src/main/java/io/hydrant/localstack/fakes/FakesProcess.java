package io.hydrant.localstack.fakes;

import io.hydrant.localstack.fakes.http.RequestLog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fakes in a JVM of their own, seen from the JVM that started them and that they end with. */
public final class FakesProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;
    private URI kinesis;
    private URI s3;

    private FakesProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts the process from this JVM's class path and waits until both fakes listen.
     *
     * @param maxHeap the other JVM's {@code -Xmx}, such as {@code 2g}
     * @param arguments arguments of {@link FakesMain}
     * @throws IOException if it does not start; its own words are on this process' error output
     */
    public static FakesProcess start(String maxHeap, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + maxHeap);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(FakesMain.class.getName());
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        FakesProcess started = new FakesProcess(process);
        try {
            for (String line : started.answer()) {
                String[] parts = line.split(" ", 2);
                if (parts[0].equals("kinesis")) {
                    started.kinesis = URI.create(parts[1]);
                } else {
                    started.s3 = URI.create(parts[1]);
                }
            }
            return started;
        } catch (IOException e) {
            started.close();
            throw e;
        }
    }

    /** Where the fake Kinesis is found. */
    public URI kinesisEndpoint() {
        return kinesis;
    }

    /** Where the fake S3 is found. */
    public URI s3Endpoint() {
        return s3;
    }

    /** What both were asked so far, by action; the names of their actions do not meet. */
    public synchronized Map<String, RequestLog.Entry> requests() throws IOException {
        Map<String, RequestLog.Entry> entries = new TreeMap<>();
        for (String line : ask(FakesMain.REQUESTS)) {
            String[] parts = line.split(" ", -1);
            entries.put(
                    parts[0],
                    new RequestLog.Entry(
                            Long.parseLong(parts[1]),
                            Long.parseLong(parts[2]),
                            Long.parseLong(parts[3])));
        }
        return entries;
    }

    /** Makes both forget what they were asked so far. */
    public synchronized void forgetRequests() throws IOException {
        tell(FakesMain.FORGET);
    }

    /**
     * Makes a stream that holds records already ({@code FakeKinesis.fill}).
     *
     * @param stream its name, without spaces
     * @param count records to put into all shards together
     * @param records file that {@code PreparedRecord.writeAll} wrote
     */
    public synchronized void fill(String stream, int shards, long count, Path records)
            throws IOException {
        tell(FakesMain.FILL + ' ' + stream + ' ' + shards + ' ' + count + ' ' + records);
    }

    /** Holds each shard to the service's limits for reads, or lets go. */
    public synchronized void throttleReads(boolean on) throws IOException {
        tell(FakesMain.THROTTLE_READS + ' ' + on);
    }

    /** GetRecords calls that were refused so far because their shard was read too much. */
    public synchronized long refusedReads() throws IOException {
        return Long.parseLong(ask(FakesMain.REFUSED_READS).get(0));
    }

    /**
     * Kinesis records that a stream holds now; an aggregate is one.
     *
     * @param stream its name; it has to exist
     */
    public synchronized long recordCount(String stream) throws IOException {
        return Long.parseLong(ask(FakesMain.RECORDS + ' ' + stream).get(0));
    }

    /** Processor time that the process has used so far; zero where the system does not tell. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends the process. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private void tell(String command) throws IOException {
        List<String> answer = ask(command);
        if (!answer.isEmpty()) {
            throw new IOException("The fakes answered " + answer);
        }
    }

    private List<String> ask(String command) throws IOException {
        commands.write(command + '\n');
        commands.flush();
        return answer();
    }

    private List<String> answer() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = answers.readLine();
                !FakesMain.END.equals(line);
                line = answers.readLine()) {
            if (line == null) {
                throw new IOException("The fakes' process ended: its error output says why");
            }
            lines.add(line);
        }
        return lines;
    }
}
