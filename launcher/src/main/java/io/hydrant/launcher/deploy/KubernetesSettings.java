package io.hydrant.launcher.deploy;

import org.apache.flink.configuration.GlobalConfiguration;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a delivery on Kubernetes is called and where it keeps its state.
 *
 * @param name of the deployment and of all that goes with it
 * @param image Flink with the jobs, as the Dockerfile makes it
 * @param state place of checkpoints, savepoints and of who leads, without a slash at its end
 * @param role what the pods are on EKS, or null
 * @param podMonitor whether Prometheus' operator is there
 * @param assignments what goes before the configuration, as {@code key=value}
 * @param configuration the text of the configuration
 */
record KubernetesSettings(
        String name,
        String image,
        String state,
        String role,
        boolean podMonitor,
        List<String> assignments,
        String configuration) {

    /** What the operator takes: it is the name of a service, too. */
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,43}[a-z0-9])?");

    /** What a registry takes may be less; blanks and capitals in the path it never does. */
    private static final Pattern IMAGE =
            Pattern.compile("([\\w.-]+(:\\d+)?/)?[a-z0-9._/-]+(:[\\w.-]+)?(@[\\w+.-]+:[0-9a-f]+)?");

    private static final Pattern ROLE =
            Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");

    private static final Pattern STATE = Pattern.compile("[a-z0-9+.-]+://[^/]+(/.*[^/])?");

    /**
     * Validates names.
     *
     * @throws IllegalArgumentException naming the argument, its value and what it may be
     */
    KubernetesSettings {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "--name is '"
                            + name
                            + "'; on Kubernetes it has at most 45 lower-case letters, digits and hyphens and begins with a letter");
        }
        if (image == null || image.isBlank()) {
            throw new IllegalArgumentException(
                    "--image is missing: the image that `docker build` makes of the checkout, such as registry.example.com/hydrant:0.1.0");
        }
        if (!IMAGE.matcher(image).matches()) {
            throw new IllegalArgumentException(
                    "--image is '"
                            + image
                            + "'; it must be a name such as registry.example.com/hydrant:0.1.0");
        }
        if (role != null && !ROLE.matcher(role).matches()) {
            throw new IllegalArgumentException(
                    "--role is '"
                            + role
                            + "'; it must be the ARN of a role, such as arn:aws:iam::111122223333:role/delivers");
        }
        if (!STATE.matcher(state).matches()) {
            throw new IllegalArgumentException(
                    "--state is '"
                            + state
                            + "'; it must be a place that every pod reaches, such as s3://bucket/flink");
        }
        assignments = List.copyOf(assignments);
        for (String assignment : assignments) {
            String key = assignment.split("=", 2)[0];
            if (GlobalConfiguration.isSensitive(key)) {
                throw new IllegalArgumentException(
                        "--set "
                                + key
                                + " would be readable in the deployment; put it into the Hydrant object of the configuration, which becomes a Secret");
            }
        }
    }

    /** A name as Kubernetes takes it, of that of a delivery stream. */
    static String nameOf(String deliveryStream) {
        String plain =
                deliveryStream
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-+", "");
        String cut = ("hydrant-" + plain).substring(0, Math.min(45, plain.length() + 8));
        return cut.replaceAll("-+$", "");
    }
}
