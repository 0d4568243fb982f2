package io.hydrant.launcher.deploy;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.HydrantRoot;
import io.hydrant.launcher.verify.PlanOptions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import software.amazon.awssdk.services.kinesisanalyticsv2.KinesisAnalyticsV2Client;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What {@code ./hydrant deploy} is told of the job on Managed Service for Apache Flink. */
final class ManagedFlinkArguments {

    @Option(
            names = "--artifacts",
            paramLabel = "S3",
            description =
                    "On AWS: with the job on Managed Service for Apache Flink, whose jar and configuration are laid into this s3://BUCKET/PREFIX, under keys that change with them.")
    private String artifacts;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "With --artifacts: the jar. Default: the one that this checkout builds.")
    private Path jar;

    @Option(
            names = "--start",
            description =
                    "On AWS: start the job where it does not run, from its latest snapshot, and wait until it runs.")
    private boolean start;

    /**
     * Puts into infra's document what they say of the job.
     *
     * @return what is to be laid into S3, null for nothing
     * @throws IllegalArgumentException naming the argument, its value and what it may be
     */
    JobArtifacts describe(ObjectNode document, DeliveryPlan plan, PlanOptions options)
            throws IOException {
        if (artifacts == null && jar != null) {
            throw new IllegalArgumentException(
                    "--jar is given without --artifacts, which says where to lay it; give both");
        }
        if (!document.path("delivery").isObject()) {
            requireDelivery();
            return null;
        }
        ObjectNode delivery = (ObjectNode) document.get("delivery");
        JobArtifacts found = null;
        if (artifacts != null) {
            found =
                    JobArtifacts.of(
                            artifacts,
                            jar == null ? HydrantRoot.ownDeliveryJar() : jar,
                            options.config(),
                            plan.deliveryStream());
            found.describe(delivery.withObjectProperty("runtime"));
        }
        if (delivery.hasNonNull("runtime")) {
            JobArtifacts.assign(options.assignments(), delivery.withObjectProperty("runtime"));
        } else if (start) {
            throw new IllegalArgumentException(
                    "--start is given, but no job is deployed; give --artifacts, or a delivery.runtime in --infra");
        }
        return found;
    }

    private void requireDelivery() {
        if (artifacts != null || start) {
            throw new IllegalArgumentException(
                    "--artifacts and --start are for the job, but --infra leaves the delivery out");
        }
    }

    /** Lays them into S3, where there are any. */
    void lay(JobArtifacts found, AwsClientConfig aws, Consumer<String> lines) throws IOException {
        if (found == null) {
            return;
        }
        boolean hasEndpoint = aws.endpoint() != null;
        try (S3Client s3 = AwsClients.create(S3Client.builder().forcePathStyle(hasEndpoint), aws)) {
            new ArtifactUpload(s3, lines).lay(found);
        }
    }

    /** Starts the applications of the stacks, where that is asked for. */
    void start(List<String> applications, AwsClientConfig aws, Consumer<String> lines)
            throws IOException, InterruptedException {
        if (!start) {
            return;
        }
        try (KinesisAnalyticsV2Client client =
                AwsClients.create(KinesisAnalyticsV2Client.builder(), aws)) {
            ApplicationStart starts = new ApplicationStart(client, lines, RetryClock.SYSTEM::pause);
            for (String application : applications) {
                starts.start(application);
            }
        }
    }

    /** Refuses them where they would have no effect. */
    void refuse(CommandLine command) {
        if (artifacts != null || jar != null || start) {
            throw new ParameterException(
                    command, "--artifacts, --jar and --start are for --target AWS");
        }
    }
}
