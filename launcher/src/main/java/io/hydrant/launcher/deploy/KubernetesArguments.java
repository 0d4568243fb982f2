package io.hydrant.launcher.deploy;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.verify.PlanOptions;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The arguments that only {@code --target KUBERNETES} has. */
final class KubernetesArguments {

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description =
                    "On Kubernetes: the image that `docker build` made of this checkout, such as registry.example.com/hydrant:0.1.0.")
    private String image;

    @Option(
            names = "--state",
            paramLabel = "PLACE",
            description =
                    "On Kubernetes: where checkpoints and savepoints go. Default: s3:// and the delivery's bucket, _hydrant/flink.")
    private String state;

    @Option(
            names = "--role",
            paramLabel = "ARN",
            description =
                    "On EKS: the role that the pods are. Default: none, for clusters that give them one by other means.")
    private String role;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "On Kubernetes: the namespace. Default: the one of kubectl.")
    private String namespace;

    @Option(
            names = "--pod-monitor",
            description = "On Kubernetes: with a PodMonitor, for Prometheus' operator.")
    private boolean podMonitor;

    @Option(
            names = "--kubectl",
            defaultValue = "kubectl",
            paramLabel = "PROGRAM",
            description = "On Kubernetes: kubectl (default: ${DEFAULT-VALUE}).")
    private String program;

    Kubectl kubectl(Consumer<String> lines) {
        return new Kubectl(program, namespace, lines);
    }

    /**
     * What they say of a delivery.
     *
     * @throws IllegalArgumentException naming the argument, its value and what it may be
     */
    KubernetesSettings settings(DeliveryPlan plan, PlanOptions options, String name)
            throws IOException {
        if (options.config().contains("://")) {
            throw new IllegalArgumentException(
                    "--config is "
                            + options.config()
                            + "; --target KUBERNETES puts a copy into the cluster and needs a file");
        }
        return new KubernetesSettings(
                name == null ? KubernetesSettings.nameOf(plan.deliveryStream()) : name,
                image,
                state == null
                        ? "s3://" + plan.sink().bucket() + "/_hydrant/flink"
                        : withoutEnd(state),
                role,
                podMonitor,
                options.assignments(),
                Files.readString(Path.of(options.config())));
    }

    /** A folder is often written with a slash behind it, which Flink would double. */
    private static String withoutEnd(String place) {
        return place.endsWith("/") && !place.endsWith("//")
                ? place.substring(0, place.length() - 1)
                : place;
    }

    /** Refuses them where they would have no effect. */
    void refuse(CommandLine command) {
        if (image != null || state != null || role != null || namespace != null || podMonitor) {
            throw new ParameterException(
                    command,
                    "--image, --state, --role, --namespace and --pod-monitor are for --target KUBERNETES");
        }
    }
}
