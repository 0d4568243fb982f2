package io.hydrant.localstack.fakes;

import io.hydrant.localstack.fakes.http.RequestLog;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;
import io.hydrant.localstack.fakes.kinesis.PreparedRecord;
import io.hydrant.localstack.fakes.s3.FakeS3;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Runs both fakes as a process of its own, so that what they use is not counted with what is
 * measured.
 *
 * <p>Arguments: {@code --kinesis-port <port>}, {@code --s3-port <port>} (any free one if not
 * given), {@code --discard-bodies}. It prints the two endpoints, answers the commands of {@link
 * FakesProcess} on its standard input, and ends when that is closed: it cannot outlive whoever
 * started it.
 */
public final class FakesMain {

    static final String REQUESTS = "requests";
    static final String FORGET = "forget";
    static final String FILL = "fill";
    static final String THROTTLE_READS = "throttle-reads";
    static final String REFUSED_READS = "refused-reads";
    static final String RECORDS = "records";
    static final String END = "end";

    private FakesMain() {}

    /** Runs until the standard input ends. */
    public static void main(String[] args) throws IOException {
        @SuppressWarnings("checkstyle:systemOut") // the answers are this program's purpose
        PrintStream answers = System.out;
        // A log that was told to print here must not come between the answers.
        System.setOut(System.err);
        int kinesisPort = port(args, "--kinesis-port");
        int s3Port = port(args, "--s3-port");
        boolean discard = List.of(args).contains("--discard-bodies");
        try (FakeKinesis kinesis = FakeKinesis.start(kinesisPort, InstantSource.system());
                FakeS3 s3 = FakeS3.start(s3Port, discard);
                BufferedReader commands =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            answers.println("kinesis " + kinesis.endpoint());
            answers.println("s3 " + s3.endpoint());
            answers.println(END);
            for (String command = commands.readLine();
                    command != null;
                    command = commands.readLine()) {
                String[] words = command.split(" ", 5);
                switch (words[0]) {
                    case REQUESTS -> {
                        print(kinesis.requests(), answers);
                        print(s3.requests(), answers);
                    }
                    case FORGET -> {
                        kinesis.requests().clear();
                        s3.requests().clear();
                    }
                    case FILL ->
                            kinesis.fill(
                                    words[1],
                                    Integer.parseInt(words[2]),
                                    Long.parseLong(words[3]),
                                    PreparedRecord.readAll(Path.of(words[4])));
                    case THROTTLE_READS -> kinesis.throttleReads(Boolean.parseBoolean(words[1]));
                    case REFUSED_READS -> answers.println(kinesis.refusedReads());
                    case RECORDS -> answers.println(kinesis.recordCount(words[1]));
                    default -> answers.println("unknown command: " + command);
                }
                answers.println(END);
            }
        }
    }

    private static void print(RequestLog log, PrintStream answers) {
        for (Map.Entry<String, RequestLog.Entry> line : log.snapshot().entrySet()) {
            RequestLog.Entry entry = line.getValue();
            answers.println(
                    line.getKey().replace(' ', '_')
                            + ' '
                            + entry.count()
                            + ' '
                            + entry.firstStartMillis()
                            + ' '
                            + entry.lastEndMillis());
        }
    }

    private static int port(String[] args, String option) {
        int at = List.of(args).indexOf(option);
        if (at < 0) {
            return 0;
        }
        if (at + 1 == args.length) {
            throw new IllegalArgumentException(option + " needs a port");
        }
        return Integer.parseInt(args[at + 1]);
    }
}
