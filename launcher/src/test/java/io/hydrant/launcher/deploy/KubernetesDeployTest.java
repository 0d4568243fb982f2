package io.hydrant.launcher.deploy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

class KubernetesDeployTest {

    private static final String CONFIG =
            """
            {"DeliveryStreamName": "Orders_EU",
             "KinesisStreamSourceConfiguration": {
               "KinesisStreamARN": "arn:aws:kinesis:eu-west-1:111122223333:stream/in",
               "RoleARN": "arn:aws:iam::111122223333:role/reads"},
             "ExtendedS3DestinationConfiguration": {
               "RoleARN": "arn:aws:iam::111122223333:role/writes",
               "BucketARN": "arn:aws:s3:::lake"}}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path config;

    @BeforeEach
    void writeConfiguration() throws IOException {
        config = Files.writeString(folder.resolve("stream.json"), CONFIG);
    }

    @Test
    void makesOneDeploymentOfTheConfiguration() throws IOException {
        assertThat(
                        run(
                                "--dry-run",
                                "--image=registry.example.com/hydrant:0.1.0",
                                "--role=arn:aws:iam::111122223333:role/delivers",
                                "--set=source.init.position=TRIM_HORIZON",
                                "--out=" + folder.resolve("out")))
                .isZero();

        Path file = folder.resolve("out/hydrant.yaml");
        List<Map<?, ?>> resources = resources(Files.readString(file));
        assertThat(resources.stream().map(resource -> resource.get("kind").toString()))
                .containsExactly(
                        "Secret", "ServiceAccount", "Role", "RoleBinding", "FlinkDeployment");
        String secret = at(resources.get(0), "metadata").get("name").toString();
        assertThat(secret).matches("hydrant-orders-eu-[0-9a-f]{10}");
        assertThat(at(resources.get(0), "stringData").get("stream.json")).isEqualTo(CONFIG);
        assertThat(at(resources.get(1), "metadata", "annotations").values().toString())
                .isEqualTo("[arn:aws:iam::111122223333:role/delivers]");
        assertThat(at(resources.get(3), "roleRef").get("name")).isEqualTo("hydrant-orders-eu");
        Map<?, ?> spec = at(resources.get(4), "spec");
        assertThat(spec.get("image")).isEqualTo("registry.example.com/hydrant:0.1.0");
        assertThat(spec.get("serviceAccount")).isEqualTo("hydrant-orders-eu");
        assertThat(at(spec, "flinkConfiguration").get("execution.checkpointing.dir"))
                .isEqualTo("s3://lake/_hydrant/flink/checkpoints");
        assertThat(at(spec, "job").get("args"))
                .isEqualTo(
                        List.of(
                                "--config",
                                "/opt/hydrant/config/stream.json",
                                "--set",
                                "source.init.position=TRIM_HORIZON"));
        assertThat(Files.readString(file)).contains("secretName: " + secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void showsNothingOfTheConfigurationItself() {
        assertThat(run("--dry-run", "--image=hydrant:1")).isZero();

        assertThat(out.toString())
                .contains("kind: FlinkDeployment", "bytes, not shown")
                .doesNotContain("role/writes");
    }

    @Test
    void givesAnotherConfigurationAnotherName() throws IOException {
        run("--dry-run", "--image=hydrant:1", "--out=" + folder.resolve("one"));
        Files.writeString(config, CONFIG.replace("s3:::lake", "s3:::sea"));
        run("--dry-run", "--image=hydrant:1", "--out=" + folder.resolve("two"));

        assertThat(secretOf("one")).isNotEqualTo(secretOf("two"));
    }

    @Test
    void watchesOnlyWherePrometheusOperatorIs() throws IOException {
        run("--dry-run", "--image=hydrant:1", "--pod-monitor", "--out=" + folder.resolve("one"));

        Map<?, ?> monitor = resources(Files.readString(folder.resolve("one/hydrant.yaml"))).get(5);
        assertThat(monitor.get("kind")).isEqualTo("PodMonitor");
        assertThat(at(monitor, "spec", "selector", "matchLabels").get("app"))
                .isEqualTo("hydrant-orders-eu");
    }

    @Test
    void showsWhatWouldChangeAndThenDoesIt() throws IOException {
        Path kubectl = kubectl("echo \"$@\" >> " + folder + "/calls; [ $1 = apply ] || exit 1");

        assertThat(run("--image=hydrant:1", "--yes", "--namespace=n", "--kubectl=" + kubectl))
                .isZero();

        List<String> calls = Files.readAllLines(folder.resolve("calls"));
        assertThat(calls).hasSize(2);
        assertThat(calls.get(0)).matches("diff -f .*/hydrant.yaml --namespace n");
        assertThat(calls.get(1)).matches("apply -f .*/hydrant.yaml --namespace n");
        assertThat(Path.of(calls.get(0).split(" ", -1)[2])).doesNotExist();
    }

    @Test
    void changesNothingThatWasNotAgreedTo() throws IOException {
        Path kubectl = kubectl("echo \"$@\" >> " + folder + "/calls; exit 1");

        assertThat(run("--image=hydrant:1", "--kubectl=" + kubectl)).isEqualTo(1);

        assertThat(Files.readString(folder.resolve("calls"))).doesNotContain("apply");
        assertThat(out.toString()).contains("Nothing was changed.");
    }

    @Test
    void leavesAClusterAloneThatIsAsItShouldBe() throws IOException {
        Path kubectl = kubectl("[ $1 = diff ]");

        assertThat(run("--image=hydrant:1", "--kubectl=" + kubectl)).isZero();

        assertThat(out.toString()).contains("The cluster is as it should be.");
    }

    @Test
    void saysWhatTheClusterSays() throws IOException {
        Path kubectl = kubectl("echo no matches for kind FlinkDeployment; exit 2");

        assertThat(run("--image=hydrant:1", "--yes", "--kubectl=" + kubectl)).isEqualTo(1);

        assertThat(err.toString()).contains("exit code 2", "no matches for kind FlinkDeployment");
    }

    @Test
    void saysHowToDoWithoutKubectl() {
        assertThat(run("--image=hydrant:1", "--kubectl=" + folder.resolve("none"))).isEqualTo(1);

        assertThat(err.toString()).contains("none cannot be started", "--dry-run with --out");
    }

    @Test
    void takesAPlaceOfStateWithASlashBehindIt() {
        assertThat(run("--image=hydrant:1", "--dry-run", "--state=s3://lake/state/")).isZero();

        assertThat(out.toString()).contains("s3://lake/state/").doesNotContain("s3://lake/state//");
    }

    @ParameterizedTest
    @CsvSource({
        "--yes, --image is missing",
        "--image=a --name=Orders, --name is 'Orders'",
        "--image=a;b, --image is 'a;b'",
        "--image=registry.example.com:5000/Team/hydrant, --image is 'registry.example.com:5000/Team/hydrant'",
        "--image=registry.example.com:5000/a-b/c_d:0.1.0-X@sha256:0a --role=delivers, --role is 'delivers'",
        "--image=a --role=arn:aws:iam::1:role/delivers, it must be the ARN of a role",
        "--image=a --state=bucket/flink, --state is 'bucket/flink'",
        "--image=a --set=aws.credentials.provider=BASIC --set=aws.credentials.basic.accesskeyid=a --set=aws.credentials.basic.secretkey=x, would be readable in the deployment",
        "--image=a --endpoint=http://localhost:4566, are for CloudFormation"
    })
    void refusesWhatCannotBe(String arguments, String reason) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(reason);
    }

    @Test
    void saysWhatTheImageOfADeliveryToIcebergNeedsAndThatManagedFlinkHasNoPlaceForIt()
            throws IOException {
        Files.writeString(
                config,
                """
                {"DeliveryStreamName": "Orders_EU",
                 "KinesisStreamSourceConfiguration": {
                   "KinesisStreamARN": "arn:aws:kinesis:eu-west-1:111122223333:stream/in"},
                 "IcebergDestinationConfiguration": {
                   "RoleARN": "arn:aws:iam::111122223333:role/writes",
                   "CatalogConfiguration": {"CatalogARN": "arn:aws:glue:eu-west-1:111122223333:catalog"},
                   "DestinationTableConfigurationList": [
                     {"DestinationDatabaseName": "shop", "DestinationTableName": "orders"}],
                   "S3Configuration": {"BucketARN": "arn:aws:s3:::lake"}}}
                """);

        assertThat(run("--dry-run", "--image=hydrant:1")).as(err::toString).isZero();
        assertThat(out.toString())
                .contains("kind: FlinkDeployment")
                .startsWith("# The image needs Iceberg's jars in /opt/flink/lib");
        assertThat(runOn("AWS", "--dry-run")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains(
                        "IcebergDestinationConfiguration: Iceberg's jars must be in Flink's lib/");
    }

    private int run(String... arguments) {
        return runOn("KUBERNETES", arguments);
    }

    private int runOn(String target, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--target=" + target, "--config=" + config));
        all.addAll(List.of(arguments));
        return new CommandLine(new DeployCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private Path kubectl(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("kubectl"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private String secretOf(String place) throws IOException {
        String text = Files.readString(folder.resolve(place).resolve("hydrant.yaml"));
        return at(resources(text).get(0), "metadata").get("name").toString();
    }

    private static List<Map<?, ?>> resources(String text) {
        return StreamSupport.stream(new Yaml().loadAll(text).spliterator(), false)
                .<Map<?, ?>>map(resource -> (Map<?, ?>) resource)
                .toList();
    }

    private static Map<?, ?> at(Map<?, ?> tree, String... path) {
        Map<?, ?> place = tree;
        for (String step : path) {
            place = (Map<?, ?>) place.get(step);
        }
        return place;
    }
}
