package io.hydrant.launcher.demo;

import io.hydrant.launcher.HydrantRoot;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.data.Flight;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.flink.FlinkHome;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The job that answers in SQL while flights come ({@code sql/scripts/demo}), how its answers stand,
 * and what plain Java makes of the same flights.
 */
final class AnswersJob {

    private static final String EMULATOR = "http://localhost:4566";

    private final PrintWriter out;
    private final FlinkHome home;
    private final FlinkCluster cluster;
    private final DemoStreams streams;
    private final AnswerScreen screen;
    private final Path tables;
    private final ExpectedAnswers expected = new ExpectedAnswers();
    private String job;

    /**
     * A job that is not yet submitted.
     *
     * @param isTerminal whether what is printed can be written over
     * @param streams what it answers into
     * @param folder gets the script of its tables
     */
    AnswersJob(
            PrintWriter out,
            boolean isTerminal,
            FlinkHome home,
            FlinkCluster cluster,
            DemoStreams streams,
            Path folder) {
        this.out = out;
        this.home = home;
        this.cluster = cluster;
        this.streams = streams;
        this.screen = new AnswerScreen(out, isTerminal);
        this.tables = folder.resolve("tables.sql");
    }

    /**
     * Submits it, and says how, and how to ask it something else.
     *
     * @param jar the one for SQL
     * @param stream has the flights
     */
    void submit(Path jar, LocalStack localStack, String stream) throws IOException {
        String flights =
                Files.readString(HydrantRoot.script("tables/kinesis/flights.sql"))
                        .replace("stream/flights", "stream/" + stream);
        Files.writeString(
                tables,
                (flights + "\n" + Files.readString(HydrantRoot.script("demo/answers.sql")))
                        .replace(EMULATOR, localStack.endpoint().toString()));
        Path questions = HydrantRoot.script("demo/questions.sql");
        out.printf(
                "%n$ flink run -d hydrant-sql.jar --script %s --script %s%n%n", tables, questions);
        job =
                cluster.run(
                        jar.toString(),
                        "--script",
                        tables.toUri().toString(),
                        "--script",
                        questions.toUri().toString());
        cluster.awaitRunning(job);
        sayHowToSelect();
    }

    void sayHowToSelect() {
        out.printf(
                "From another terminal, while it runs (web UI: %s):%n%n"
                        + "    FLINK_CONF_DIR=%s %s -j %s -i %s%n"
                        + "    Flink SQL> SELECT * FROM %s;%n%n",
                cluster.webUi(),
                cluster.configuration(),
                home.program("sql-client.sh"),
                HydrantRoot.sqlBundle().toUri(),
                tables.toUri(),
                Answer.LATEST_CARRIERS.table());
        out.flush();
    }

    /** Takes note of a flight that is on its way. */
    void expect(Flight flight) {
        try {
            expected.add(flight.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what has changed, and shows how it stands.
     *
     * @param status how far the flights have come; behind it stands how far the answers are
     */
    synchronized void show(String status) {
        try {
            streams.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        screen.show(
                String.format(Locale.ROOT, "%s | %,d in the answers", status, counted()),
                streams::rows);
    }

    private long counted() {
        return streams.rows(Answer.DEPARTURES_BY_DAY).stream()
                .mapToLong(day -> Long.parseLong(day.get(1)) + Long.parseLong(day.get(2)))
                .sum();
    }

    /** Says something that stays. */
    synchronized void say(String line) {
        screen.say(line);
    }

    /** How they stood when they were shown last. */
    List<List<List<String>>> answers() {
        return Stream.of(Answer.values()).map(streams::rows).toList();
    }

    /** Whether they were then what they have to be. */
    boolean areRight() {
        return answers().equals(Stream.of(Answer.values()).map(expected::rows).toList());
    }

    /** What to look at when nothing moves. */
    String diagnosis() throws IOException {
        return "The job of the answers is "
                + cluster.rest().job(job).state()
                + ". "
                + cluster.rest().lastFailure(job);
    }

    /**
     * Shows them for good, and says whether they are right.
     *
     * @return whether they are
     */
    boolean conclude() {
        screen.end(streams::rows);
        boolean right = areRight();
        out.println(
                right
                        ? "\nAll three are what plain Java makes of the same flights."
                        : "\nThese are NOT what plain Java makes of the same flights, which is:");
        if (!right) {
            for (Answer answer : Answer.values()) {
                AnswerScreen.table(answer, expected.rows(answer), Integer.MAX_VALUE)
                        .forEach(out::println);
            }
        }
        return right;
    }
}
