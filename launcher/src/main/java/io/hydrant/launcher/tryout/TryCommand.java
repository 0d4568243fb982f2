package io.hydrant.launcher.tryout;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.ShardTally;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.jobs.delivery.document.InvalidConfigurationException;
import io.hydrant.launcher.verify.PlanOptions;
import io.hydrant.redshift.RedshiftConfig;
import io.hydrant.s3.store.FolderStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code hydrant try}: runs a configuration over a file, with a folder for the buckets. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        description = {
            "Run a configuration over a file of records, with a folder as the buckets.",
            "No Kinesis, no S3, the same objects; names of AWS' that a template does not "
                    + "know itself have something that stands in. Each record comes at the time of "
                    + "its arrival, so buffer hints cut objects as they would. Where it goes to "
                    + "tables of Iceberg, their catalog is read and no table touched; rows go to "
                    + "files, a line each."
        },
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {
            "0:every record is delivered, dropped or in the error prefix",
            "1:the configuration is not valid",
            "2:it could not be tried"
        })
public final class TryCommand implements Callable<Integer> {

    private static final int NOT_VALID = 1;
    private static final int LISTED_ERRORS = 20;
    private static final String NOT_CALLED = "Lambda could not be called";

    /** No bucket has an underscore in its name. */
    private static final String TABLES = "iceberg_tables";

    @Spec private CommandSpec spec;

    @Mixin private PlanOptions planOptions;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "Records, one a line. A line of the shape of a Lambda event (data in base64, "
                            + "with kinesis or kinesisRecordMetadata) gives its own metadata.")
    private Path input;

    @Option(
            names = "--kinesis-record-files",
            paramLabel = "DIR",
            description =
                    "Records as a stream holds them, a file each in the order of their names; KPL "
                            + "aggregates are taken apart.")
    private Path recordFiles;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the buckets are made, a folder each.")
    private Path out;

    @Option(
            names = "--arrival",
            paramLabel = "FIELD",
            description =
                    "Field of each record that has its arrival: seconds or milliseconds since the "
                            + "epoch, or an ISO time; a path with dots. A record without it arrives with the "
                            + "one before. Default: now.")
    private String arrivalField;

    @Option(
            names = "--classes",
            paramLabel = "JAR|DIR",
            description =
                    "Where the class of delivery.transform.class is; what flink run takes by -C. "
                            + "May be repeated.")
    private List<Path> classes = List.of();

    @Option(
            names = "--function",
            paramLabel = "COMMAND",
            description =
                    "A command of the shell in place of the Lambda function, run for each batch: it "
                            + "reads the event and prints the answer. Of a function in Python: python3 -c "
                            + "'import json, sys, app; json.dump(app.handler(json.load(sys.stdin), None), "
                            + "sys.stdout)'.")
    private String function;

    @Override
    public Integer call() throws Exception {
        requireInput();
        List<URL> places = new ArrayList<>();
        for (Path each : classes) {
            if (!Files.exists(each)) {
                throw new ParameterException(
                        spec.commandLine(), "There is no " + each + " for --classes");
            }
            places.add(each.toUri().toURL());
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(places.toArray(new URL[0]), before)) {
            thread.setContextClassLoader(loader);
            return run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private int run() throws Exception {
        PrintWriter text = spec.commandLine().getOut();
        DeliveryPlan plan;
        try {
            plan = planOptions.planToTry();
        } catch (InvalidConfigurationException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return NOT_VALID;
        }
        PrintWriter notes = spec.commandLine().getErr();
        plan.standIns().forEach(standIn -> notes.println("note: " + standIn));
        notes.flush();
        if (function != null && plan.lambda() == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--function stands in for a Lambda function, and "
                            + planOptions.config()
                            + " has none");
        }
        makeFolder(plan.sink().bucket());
        if (plan.backup() != null) {
            makeFolder(plan.backup().bucket());
        }
        FolderStore store = new FolderStore(out);
        ArrivalField arrival = new ArrivalField(arrivalField);
        TriedTables tables =
                plan.iceberg() == null
                        ? null
                        : TriedTables.open(plan.iceberg(), out.resolve(TABLES));
        try (Tryout tryout =
                new Tryout(
                        plan,
                        function == null ? null : new CommandFunction(function),
                        store,
                        tables,
                        arrival,
                        entry -> print(entry, store, text))) {
            InputRecord records =
                    new InputRecord(plan.stream().stream(), System.currentTimeMillis());
            if (input != null) {
                sendLines(records, tryout);
            }
            if (recordFiles != null) {
                sendFiles(records, tryout);
            }
            tryout.finish();
            summarise(tryout, arrival, text);
            if (tables != null) {
                tables.flush();
                tables.report(text);
            }
            if (plan.redshift() != null) {
                text.println(
                        "The objects are what COPY would load into "
                                + plan.redshift().ofEachTable().stream()
                                        .map(RedshiftConfig::table)
                                        .collect(Collectors.joining(", "))
                                + "; nothing was loaded");
            }
            if (plan.backup() != null) {
                text.printf(Locale.ROOT, "%,d in the backup%n", tryout.backedUp());
            }
        }
        text.flush();
        return 0;
    }

    private void makeFolder(String bucket) {
        try {
            Files.createDirectories(out.resolve(bucket));
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The folder "
                            + out.resolve(bucket)
                            + " cannot be made; give an --out that is a folder, or can become one, where this user may write",
                    e);
        }
    }

    private void requireInput() {
        if (input == null && recordFiles == null) {
            throw new ParameterException(
                    spec.commandLine(), "Give records by --input or --kinesis-record-files");
        }
        if (input != null && !Files.isRegularFile(input)) {
            throw new ParameterException(
                    spec.commandLine(), "There is no file " + input + " for --input");
        }
        if (recordFiles != null && !Files.isDirectory(recordFiles)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no folder " + recordFiles + " for --kinesis-record-files");
        }
    }

    private void sendLines(InputRecord records, Tryout tryout)
            throws IOException, InterruptedException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(input), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    tryout.send(records.ofLine(withoutReturn(line.toByteArray())));
                    line.reset();
                } else {
                    line.write(b);
                }
            }
            if (line.size() > 0) {
                tryout.send(records.ofLine(withoutReturn(line.toByteArray())));
            }
        }
    }

    private static byte[] withoutReturn(byte[] line) {
        return line.length > 0 && line[line.length - 1] == '\r'
                ? java.util.Arrays.copyOf(line, line.length - 1)
                : line;
    }

    private void sendFiles(InputRecord records, Tryout tryout)
            throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> all = Files.list(recordFiles)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Envelope record = records.ofPayload(Files.readAllBytes(file));
            tryout.send(record);
        }
    }

    private static void print(LedgerEntry entry, FolderStore store, PrintWriter text) {
        if (entry.object() == null) {
            return;
        }
        long parts = entry.shards().stream().mapToLong(ShardTally::parts).sum();
        String[] bucketAndKey = entry.object().substring("s3://".length()).split("/", 2);
        text.printf(
                Locale.ROOT,
                "%-6s %,8d records %,12d bytes  %s%n",
                entry.kind().text(),
                entry.records() + parts,
                entry.storedBytes(),
                store.path(bucketAndKey[0], bucketAndKey[1]));
    }

    private static void summarise(Tryout tryout, ArrivalField arrival, PrintWriter text) {
        text.printf(
                Locale.ROOT,
                "%,d records read: %,d delivered, %,d to the error prefix, %,d dropped%n",
                tryout.records(),
                tryout.count(Disposition.DELIVER),
                tryout.count(Disposition.DEAD_LETTER),
                tryout.count(Disposition.DROP));
        List<String> failures = tryout.failures().lines();
        failures.stream().limit(LISTED_ERRORS).forEach(each -> text.println("  " + each));
        if (failures.size() > LISTED_ERRORS) {
            text.println("  … and others");
        }
        if (failures.stream().anyMatch(each -> each.contains(NOT_CALLED))) {
            text.println(
                    "The Lambda function was not reached; --function COMMAND tries without it, lambda.endpoint says where it runs");
        }
        if (arrival.without() > 0) {
            text.printf(
                    Locale.ROOT,
                    "--arrival: records without that field, which arrive with the one before: %,d%n",
                    arrival.without());
        }
    }
}
