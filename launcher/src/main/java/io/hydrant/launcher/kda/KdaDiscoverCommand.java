package io.hydrant.launcher.kda;

import io.hydrant.kinesis.stream.KinesisClients;
import io.hydrant.launcher.replay.KinesisTarget;
import io.hydrant.sql.kda.discover.SchemaDiscovery;
import io.hydrant.sql.kda.discover.SchemaDiscovery.Discovery;
import io.hydrant.sql.kda.discover.SchemaText;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code hydrant kda discover}: finds the schema of a stream's records. */
@Command(
        name = "discover",
        mixinStandardHelpOptions = true,
        description = {
            "Find the schema of a stream's records from samples.",
            "It writes RecordColumns as AWS' documents have them, and SQL to begin with."
        },
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {
            "0:found, and every sample fits",
            "1:found, but some samples do not fit; they are named",
            "2:nothing was found"
        })
final class KdaDiscoverCommand implements Callable<Integer> {

    private static final int SHOWN_PROBLEMS = 10;

    @Spec private CommandSpec spec;

    @Mixin private KinesisTarget target;

    @Parameters(arity = "0..1", paramLabel = "STREAM", description = "The Kinesis stream.")
    private String stream;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Take the lines of a file as records instead of a stream.")
    private Path input;

    @Option(
            names = "--whole",
            description = "With --input: the file is one record, as a reference table is.")
    private boolean whole;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many samples to take at most (default: ${DEFAULT-VALUE}).")
    private int records;

    @Option(
            names = "--from",
            paramLabel = "TRIM_HORIZON|LATEST",
            defaultValue = "TRIM_HORIZON",
            description = "Where to begin in the stream (default: ${DEFAULT-VALUE}).")
    private ShardIteratorType from;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long to wait for records (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--name-prefix",
            paramLabel = "NAME",
            defaultValue = "SOURCE_SQL_STREAM",
            description = "What the input stream's name begins with (default: ${DEFAULT-VALUE}).")
    private String namePrefix;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "Write the schema there instead of printing it.")
    private Path schema;

    @Option(
            names = "--code",
            paramLabel = "FILE",
            description = "Write the SQL there instead of printing it.")
    private Path code;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((stream == null) == (input == null)) {
            throw new ParameterException(
                    spec.commandLine(), "Name a stream, or a file with --input, and one of them");
        }
        if (records < 1 || seconds < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--records is at least 1 and --seconds at least 0");
        }
        if (from != ShardIteratorType.TRIM_HORIZON && from != ShardIteratorType.LATEST) {
            throw new ParameterException(
                    spec.commandLine(), "--from is TRIM_HORIZON or LATEST, not " + from);
        }
        List<byte[]> samples = input == null ? ofStream() : ofFile();
        Discovery found = SchemaDiscovery.discover(samples);
        PrintWriter out = spec.commandLine().getOut();
        write(schema, SchemaText.document(namePrefix, found.schema()) + "\n", out);
        write(code, SchemaText.code(namePrefix, found.schema()), out);
        out.flush();
        report(found, samples.size());
        return found.problems().isEmpty() ? 0 : 1;
    }

    private void report(Discovery found, int samples) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(
                samples
                        + " samples, "
                        + found.rows()
                        + " rows, "
                        + found.schema().columns().size()
                        + " columns");
        List<String> problems = found.problems();
        problems.stream().limit(SHOWN_PROBLEMS).forEach(problem -> err.println("  " + problem));
        if (problems.size() > SHOWN_PROBLEMS) {
            err.println("  and " + (problems.size() - SHOWN_PROBLEMS) + " more");
        }
        err.flush();
    }

    private static void write(Path file, String text, PrintWriter out) throws IOException {
        if (file == null) {
            out.println(text);
        } else {
            Files.writeString(file, text);
        }
    }

    private List<byte[]> ofStream() throws IOException, InterruptedException {
        try (KinesisClient kinesis = KinesisClients.withRetries(target.config())) {
            return StreamSample.take(kinesis, stream, from, records, Duration.ofSeconds(seconds));
        }
    }

    private List<byte[]> ofFile() throws IOException {
        byte[] bytes = Files.readAllBytes(input);
        if (whole) {
            return bytes.length == 0 ? List.of() : List.of(bytes);
        }
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length && lines.size() < records; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                String line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
                if (!line.isBlank()) {
                    lines.add(Arrays.copyOfRange(bytes, start, i));
                }
                start = i + 1;
            }
        }
        return lines;
    }
}
