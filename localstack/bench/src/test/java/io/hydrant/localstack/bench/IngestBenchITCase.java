package io.hydrant.localstack.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/** Follows small files and puts few records: whether they are measured, not what. */
class IngestBenchITCase {

    @TempDir private Path folder;

    @Test
    void measuresFilesAndTheGatewayAndWritesThePage() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Path page = folder.resolve("results/ingest.md");

        int exitCode =
                new CommandLine(new IngestBench())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                "--megabytes=2",
                                "--files=20",
                                "--idle-seconds=1",
                                "--records=3000",
                                "--connections=2",
                                "--latency-seconds=1",
                                "--repeats=1",
                                "--cases=cat,ingest-job-json,kinesis-agent,many-files,put-records,gateway-batch",
                                "--output=" + page);

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("Kinesis Agent is left out: --agent names none.");
        assertThat(Files.readString(page))
                .contains(
                        "3,000 a run, 500 in a call, by 2 clients",
                        "| `cat` to nowhere |",
                        "| whole job with LOGTOJSON |",
                        "| 20 |",
                        "| plain records of 300 B | raw PutRecords loop, no gateway |",
                        "| plain records of 1 KB | gateway, PutRecordBatch |",
                        "No target is judged");
    }

    @Test
    void runsAnAgentThatIsNamedAndSeesInTheStreamHowFarItIs() throws Exception {
        StringWriter err = new StringWriter();
        Path page = folder.resolve("results/ingest.md");

        int exitCode =
                new CommandLine(new IngestBench())
                        .setOut(new PrintWriter(new StringWriter(), true))
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                "--megabytes=5",
                                "--repeats=1",
                                "--cases=kinesis-agent",
                                "--agent=" + agentDouble(),
                                "--output=" + page);

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(Files.readString(page))
                .contains("| Kinesis Agent |", "Kinesis Agent is `agent-0.jar`, unchanged");
    }

    /** A folder as Maven leaves it, with a program that reads and puts as the agent does. */
    private Path agentDouble() throws IOException {
        Path source = Files.createDirectories(folder.resolve("sources")).resolve("Agent.java");
        Files.copy(Path.of("src/test/resources/agent-double/Agent.java.txt"), source);
        Path classes = folder.resolve("sources/classes");
        assertThat(
                        ToolProvider.getSystemJavaCompiler()
                                .run(null, null, null, "-d", classes.toString(), source.toString()))
                .isZero();
        Path target = Files.createDirectories(folder.resolve("target"));
        String file = "com/amazon/kinesis/streaming/agent/Agent.class";
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(target.resolve("agent-0.jar")))) {
            jar.putNextEntry(new JarEntry(file));
            Files.copy(classes.resolve(file), jar);
        }
        return target;
    }

    @Test
    void refusesAFolderThatHasNoKinesisAgentAndSaysHowToComeByOne() {
        StringWriter err = new StringWriter();

        int exitCode =
                new CommandLine(new IngestBench())
                        .setErr(new PrintWriter(err, true))
                        .execute("--agent=" + folder);

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains(
                        "--agent has no jar of Kinesis Agent: " + folder,
                        "mvn package dependency:copy-dependencies");
    }

    @Test
    void namesTheCasesToOneWhoAsksForAnother() {
        StringWriter err = new StringWriter();

        int exitCode =
                new CommandLine(new IngestBench())
                        .setErr(new PrintWriter(err, true))
                        .execute("--cases=fast");

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("There is no case 'fast'", "gateway-batch");
    }

    @Test
    void refusesBatchesThatWouldNotBeWhole() {
        StringWriter err = new StringWriter();

        int exitCode =
                new CommandLine(new IngestBench())
                        .setErr(new PrintWriter(err, true))
                        .execute("--records=2100");

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--records must be a multiple of 500, but is 2100");
    }
}
