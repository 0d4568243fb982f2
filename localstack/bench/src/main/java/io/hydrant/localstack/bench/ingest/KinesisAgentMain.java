package io.hydrant.localstack.bench.ingest;

import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.MeasuredRun;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Kinesis Agent in the measured JVM, as it is, with the meters beside it. Whoever started the JVM
 * looks from outside what has arrived: nothing is hooked into the agent. Of this module the class
 * path has the classes alone, behind the agent's jars.
 */
public final class KinesisAgentMain {

    /** The agent's main class. */
    public static final String AGENT = "com.amazon.kinesis.streaming.agent.Agent";

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private KinesisAgentMain() {}

    /**
     * Runs the agent until a file appears.
     *
     * @param arguments the agent's file, the file whose coming ends the run, and the file to write
     *     the figures to
     */
    public static void main(String[] arguments) throws Exception {
        Path end = Path.of(arguments[1]);
        MeasuredRun.runAndExit(Path.of(arguments[2]), () -> run(arguments[0], end));
    }

    private static Measured run(String agentFile, Path end) throws Exception {
        Method main = Class.forName(AGENT).getMethod("main", String[].class);
        FutureTask<Object> agent =
                new FutureTask<>(() -> main.invoke(null, (Object) new String[] {"-c", agentFile}));
        Thread thread = new Thread(agent, "agent");
        thread.setDaemon(true);
        thread.start();
        while (!Files.exists(end)) {
            if (agent.isDone()) {
                agent.get();
                throw new IllegalStateException("The agent ended before all was put");
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return Measured.ofHeap(ProcessMeter.heapAfterCollection());
    }
}
