package io.hydrant.launcher.operate;

import io.hydrant.launcher.HydrantRoot;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.flink.FlinkHome;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The arguments that say which delivery on which cluster is meant. */
final class OperateOptions {

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The configuration of the delivery: a file or s3://bucket/key.")
    private String config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A value over the configuration, as the job takes it; may be repeated.")
    private List<String> assignments = List.of();

    @Option(
            names = "--flink",
            paramLabel = "URL",
            defaultValue = "http://localhost:8081",
            description = "REST interface of the cluster. Default: ${DEFAULT-VALUE}.")
    private URI flink;

    @Option(
            names = "--savepoints",
            paramLabel = "DIR",
            description =
                    "Where savepoints go, such as s3://bucket/savepoints. Default: what the cluster is set to.")
    private String savepoints;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "The job's jar. Default: the one of this checkout.")
    private Path jar;

    /** What the job takes. */
    List<String> jobArguments() {
        List<String> arguments = new ArrayList<>(List.of("--config", config));
        for (String assignment : assignments) {
            arguments.addAll(List.of("--set", assignment));
        }
        return arguments;
    }

    DeliveryOnFlink cluster() throws IOException {
        return new DeliveryOnFlink(FlinkHome.find(Progress.onStandardError()), flink);
    }

    String savepoints() {
        return savepoints;
    }

    Path jar() {
        return jar == null ? HydrantRoot.deliveryJar() : jar;
    }
}
