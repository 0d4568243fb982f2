package io.hydrant.launcher.deploy;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.core.aws.AwsOptions;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.HydrantRoot;
import io.hydrant.launcher.verify.PlanOptions;
import io.hydrant.localstack.harness.server.LocalStackServer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code ./hydrant deploy}: the stacks around a delivery. */
@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description = {
            "Deploy what a delivery needs around it: the stream, the bucket, the role of "
                    + "the job, alarms, a dashboard.",
            "With --artifacts also the job on Managed Service for Apache Flink. On "
                    + "Kubernetes the job with its configuration and account. What would change is "
                    + "shown first, and done only where it is agreed to."
        },
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {"0:done, or nothing to do", "1:not agreed to"})
public final class DeployCommand implements Callable<Integer> {

    private static final int NOT_AGREED = 1;

    /** As the CDK's app reads a document: a field that is there twice is a slip of the pen. */
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    @Spec private CommandSpec spec;

    @Mixin private PlanOptions options;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "TARGET",
            description = "Where to: ${COMPLETION-CANDIDATES}.")
    private DeployTarget target;

    @Option(
            names = "--infra",
            paramLabel = "FILE",
            description =
                    "What the configuration does not say, as fields of infra's document: {\"stream\": {\"shards\": 4}}. A part that is null is left out. See infra/README.md.")
    private Path infra;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "What the names of the stacks begin with, or the name of the deployment on Kubernetes. Default: hydrant- and the delivery stream's name.")
    private String name;

    @Mixin private ManagedFlinkArguments managedFlink;

    @Mixin private KubernetesArguments kubernetes;

    @Option(names = "--dry-run", description = "Print the templates or manifests, call nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask before something is changed.")
    private boolean yes;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Keep the templates or manifests there; the latter hold the configuration. Default: nowhere.")
    private Path out;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description =
                    "Where CloudFormation answers. Default: with localstack HYDRANT_LOCALSTACK_ENDPOINT, or http://localhost:4566.")
    private URI endpoint;

    @Override
    public Integer call() throws Exception {
        DeliveryPlan plan = options.plan();
        if (target == DeployTarget.KUBERNETES) {
            return onKubernetes(plan);
        }
        kubernetes.refuse(spec.commandLine());
        if (plan.iceberg() != null && target == DeployTarget.AWS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "IcebergDestinationConfiguration: Iceberg's jars must be in Flink's lib/ before a cluster starts, which Managed Service for Apache Flink cannot, and the role of these stacks may not use a catalog. Use --target KUBERNETES with an image that has them (connectors/iceberg/README.md, Jars)");
        }
        ObjectNode document;
        JobArtifacts artifacts;
        try {
            document = DeploymentDocument.of(plan, infraFile());
            artifacts = managedFlink.describe(document, plan, options);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        if (target == DeployTarget.LOCALSTACK && document.at("/delivery").has("runtime")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "delivery.runtime: LocalStack has no Managed Service for Apache Flink; leave it out, and start the job by flink run");
        }
        List<SynthesisedStack> stacks = synthesise(document, stackName(plan));
        if (dryRun) {
            print(stacks);
            return 0;
        }
        AwsClientConfig aws = aws(plan);
        try (CloudFormationClient client = AwsClients.create(CloudFormationClient.builder(), aws)) {
            return deploy(stacks, new StackDeployment(client), artifacts, aws);
        }
    }

    private List<SynthesisedStack> synthesise(JsonNode document, String name) throws IOException {
        try (TemplateFolder folder = TemplateFolder.of(out)) {
            return new Synthesiser(HydrantRoot.folder()).run(document, folder.path(), name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int onKubernetes(DeliveryPlan plan) throws IOException {
        if (infra != null || endpoint != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--infra and --endpoint are for CloudFormation, not for --target KUBERNETES");
        }
        managedFlink.refuse(spec.commandLine());
        KubernetesManifests manifests;
        try {
            manifests =
                    new KubernetesManifests(
                            HydrantRoot.folder().resolve("infra/kubernetes"),
                            kubernetes.settings(plan, options, name));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        PrintWriter writer = spec.commandLine().getOut();
        if (plan.iceberg() != null) {
            writer.println(
                    "# The image needs Iceberg's jars in /opt/flink/lib, and the pods' role the catalog: connectors/iceberg/README.md");
        }
        ManifestFile file = ManifestFile.in(out, manifests.text());
        try {
            if (dryRun) {
                writer.print(manifests.shown());
                writer.println(
                        "# Nothing was called; without --dry-run what would change is shown first.");
                return 0;
            }
            Kubectl kubectl = kubernetes.kubectl(writer::println);
            if (!kubectl.diff(file.path())) {
                writer.println("The cluster is as it should be.");
                return 0;
            }
            writer.flush();
            if (!isAgreed()) {
                writer.println("Nothing was changed.");
                return NOT_AGREED;
            }
            kubectl.apply(file.path());
            return 0;
        } finally {
            writer.flush();
            file.close();
        }
    }

    private JsonNode infraFile() throws IOException {
        try {
            return infra == null ? null : JSON.readTree(infra.toFile());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "--infra: "
                            + infra
                            + " is not JSON at line "
                            + e.getLocation().getLineNr()
                            + ", column "
                            + e.getLocation().getColumnNr()
                            + ": "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /** A stack's name has letters, digits and hyphens only. */
    private String stackName(DeliveryPlan plan) {
        return name != null
                ? name
                : "hydrant-" + plan.deliveryStream().replaceAll("[^A-Za-z0-9]+", "-");
    }

    private AwsClientConfig aws(DeliveryPlan plan) {
        String region = plan.stream().region();
        if (target == DeployTarget.LOCALSTACK) {
            return AwsClientConfig.forEndpoint(
                    endpoint == null ? localStack() : endpoint, region, "test", "test");
        }
        Configuration config = new Configuration();
        config.set(AwsOptions.REGION, region);
        if (endpoint != null) {
            config.set(AwsOptions.ENDPOINT, endpoint.toString());
        }
        return AwsClientConfig.from(config);
    }

    private static URI localStack() {
        String named = System.getenv("HYDRANT_LOCALSTACK_ENDPOINT");
        return URI.create(
                named == null || named.isBlank()
                        ? "http://localhost:" + LocalStackServer.USUAL_PORT
                        : named);
    }

    private void print(List<SynthesisedStack> stacks) throws IOException {
        PrintWriter writer = spec.commandLine().getOut();
        for (SynthesisedStack stack : stacks) {
            writer.println(stack.template());
        }
        for (SynthesisedStack stack : stacks) {
            writer.println("stack " + stack.name() + " would have");
            stack.resources().forEach(line -> writer.println("  " + line));
        }
        writer.println("Nothing was called; without --dry-run what would change is shown first.");
        writer.flush();
    }

    private int deploy(
            List<SynthesisedStack> stacks,
            StackDeployment deployment,
            JobArtifacts artifacts,
            AwsClientConfig aws)
            throws IOException, InterruptedException {
        PrintWriter writer = spec.commandLine().getOut();
        List<ProposedChange> changes = new ArrayList<>();
        for (SynthesisedStack stack : stacks) {
            ProposedChange change = deployment.propose(stack);
            changes.add(change);
            writer.println(
                    "stack "
                            + stack.name()
                            + (change.isEmpty()
                                    ? " stays as it is"
                                    : change.isNew() ? " would be made" : " would be changed"));
            change.lines().forEach(line -> writer.println("  " + line));
        }
        writer.flush();
        if (changes.stream().anyMatch(change -> !change.isEmpty()) && !isAgreed()) {
            changes.forEach(deployment::discard);
            writer.println("Nothing was changed.");
            writer.flush();
            return NOT_AGREED;
        }
        managedFlink.lay(artifacts, aws, this::say);
        List<String> applications = new ArrayList<>();
        for (ProposedChange change : changes) {
            Map<String, String> outputs = deployment.apply(change);
            writer.println("stack " + change.stack() + " is there");
            outputs.forEach((key, value) -> writer.println("  " + key + " = " + value));
            writer.flush();
            if (outputs.containsKey("ApplicationName")) {
                applications.add(outputs.get("ApplicationName"));
            }
        }
        managedFlink.start(applications, aws, this::say);
        return 0;
    }

    private void say(String line) {
        PrintWriter writer = spec.commandLine().getOut();
        writer.println(line);
        writer.flush();
    }

    private boolean isAgreed() {
        if (yes) {
            return true;
        }
        Console console = System.console();
        if (console == null) {
            spec.commandLine().getErr().println("Nobody can be asked here; --yes agrees.");
            return false;
        }
        return "yes".equalsIgnoreCase(console.readLine("Type yes to go on: "));
    }
}
