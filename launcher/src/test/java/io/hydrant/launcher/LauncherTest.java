package io.hydrant.launcher;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LauncherTest {

    private static final Pattern OPTION =
            Pattern.compile("\\b(delivery|backup|redshift|s3|source)(\\.(?!md\\b)[a-z][a-z-]+)+");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listsItsCommandsWhenGivenNone() {
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("Usage: hydrant", "help");
    }

    @Test
    void refusesACommandThatDoesNotExist() {
        assertThat(run("dmeo")).isEqualTo(2);
        assertThat(err.toString()).contains("dmeo");
    }

    /** The list of options is longer than a screen. */
    @Test
    void saysOfAWrongArgumentWhatIsWrongAndNotWhatAllOthersAre() {
        assertThat(run("demo", "--flihgts", "5")).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSizeLessThan(5)
                .first()
                .asString()
                .contains("--flihgts");
        assertThat(err.toString())
                .contains("--flights")
                .endsWith("(hydrant demo --help says how it is called)" + System.lineSeparator());
        err.getBuffer().setLength(0);
        assertThat(run("soak", "delivery", "--rounds", "0")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "--rounds must be at least 1, --records at least 2",
                        "(hydrant soak delivery --help says how it is called)");
    }

    @Test
    void saysHowANumberIsWritten() {
        assertThat(run("cost", "--records-per-second=1,000", "--bytes=1")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(
                        "Invalid value for option '--records-per-second': '1,000' is no number; write it without units, as 1500 or 0.5");
        err.getBuffer().setLength(0);
        assertThat(run("cost", "--records-per-second=1", "--bytes=5KB")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(
                        "Invalid value for option '--bytes': '5KB' is no whole number that fits here");
        err.getBuffer().setLength(0);
        assertThat(run("cost", "--records-per-second=NaN", "--bytes=1")).isEqualTo(2);
        assertThat(err.toString()).contains("'NaN' is no number");
        assertThat(run("cost", "--records-per-second=.5", "--bytes=1")).isZero();
    }

    @Test
    void saysThatAFileIsNotThere() {
        assertThat(run("autoscale", "--simulate", "no/such/trace.csv")).isEqualTo(2);
        assertThat(err.toString())
                .contains("hydrant autoscale: no/such/trace.csv is not there; give the path");
    }

    @Test
    void saysThatAFolderIsNoFile(@TempDir Path folder) {
        assertThatThrownBy(() -> Files.readAllBytes(folder))
                .satisfies(
                        e ->
                                assertThat(Launcher.sentence(e))
                                        .isEqualTo(
                                                "A folder was given where a file is read; give the path of the file"));
    }

    @Test
    void saysWhichFileIsInTheWayOfAFolder() {
        assertThat(Launcher.sentence(new FileAlreadyExistsException("out/orders.json")))
                .isEqualTo(
                        "out/orders.json is there already, and is no folder; give another place");
    }

    @Test
    void saysThatAPortIsTaken() {
        assertThat(Launcher.sentence(new BindException("Address already in use")))
                .isEqualTo("The port is taken by another program; end that, or give another port");
    }

    @Test
    void namesACommandOfACommandInFull() {
        assertThat(run("kda", "discover", "--input", "no/such/records.jsonl")).isEqualTo(2);
        assertThat(err.toString())
                .contains("hydrant kda discover")
                .doesNotContain("hydrant discover");
    }

    @Test
    void asksWhatToDoWithAnApplication() {
        assertThat(run("kda")).isEqualTo(2);
        assertThat(err.toString()).contains("test, check, explain or discover");
    }

    /** picocli breaks lines where the terminal wants them; lists show the first element alone. */
    @Test
    void helpHasWholeSentences() {
        List<String> torn = new ArrayList<>();
        collectTorn(Launcher.commandLine(), torn);
        assertThat(torn).isEmpty();
    }

    @Test
    void saysHowToGiveCredentialsWhereThereAreNone() {
        assertThat(
                        Launcher.sentence(
                                new IOException(
                                        "Cannot list s3://lake/errors/: a.b.SdkClientException: Unable to load credentials"
                                                + " from any of the providers in the chain Chain(credentialsProviders=[A(), B()])"
                                                + " : [A(): no,\nB(): no]. Way out: another")))
                .isEqualTo(
                        "Cannot list s3://lake/errors/: There are no AWS credentials: set AWS_ACCESS_KEY_ID and"
                                + " AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; or say where they are with the option"
                                + " aws.credentials.provider. Way out: another");
    }

    @Test
    void saysHowToGiveARegionWhereThereIsNone() {
        assertThat(
                        Launcher.sentence(
                                new IOException(
                                        "a.b.SdkClientException: Unable to load region from any of the providers in the"
                                                + " chain a.b.Chain@1: [A@1: no,\nB@2: no]")))
                .isEqualTo(
                        "No AWS region is known: set AWS_REGION, or say which with the option aws.region");
    }

    /** The page of options is generated from them. */
    @Test
    void helpNamesOnlyOptionsThatThereAre() throws IOException {
        String options = Files.readString(Path.of("..", "docs", "options.md"));
        List<String> help = new ArrayList<>();
        collectHelp(Launcher.commandLine(), help);

        List<String> named =
                help.stream()
                        .flatMap(text -> OPTION.matcher(text).results())
                        .map(MatchResult::group)
                        .distinct()
                        .toList();
        assertThat(named)
                .contains("delivery.memory-budget", "delivery.transform.class")
                .allSatisfy(key -> assertThat(options).contains('`' + key + '`'));
    }

    private static void collectTorn(CommandLine command, List<String> torn) {
        CommandSpec spec = command.getCommandSpec();
        for (String each : spec.usageMessage().description()) {
            if (!each.endsWith(".")) {
                torn.add(spec.qualifiedName() + ": " + each);
            }
        }
        spec.args().stream()
                .filter(each -> each.description().length > 1)
                .forEach(each -> torn.add(spec.qualifiedName() + ' ' + each.paramLabel()));
        command.getSubcommands().values().stream()
                .filter(each -> !(each.getCommand() instanceof CommandLine.HelpCommand))
                .forEach(each -> collectTorn(each, torn));
    }

    private static void collectHelp(CommandLine command, List<String> help) {
        CommandSpec spec = command.getCommandSpec();
        help.add(String.join(" ", spec.usageMessage().description()));
        spec.args().forEach(each -> help.add(String.join(" ", each.description())));
        command.getSubcommands().values().forEach(each -> collectHelp(each, help));
    }

    private int run(String... arguments) {
        CommandLine command = Launcher.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
