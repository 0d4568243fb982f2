package io.hydrant.launcher.replay;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsOptions;
import io.hydrant.localstack.harness.server.LocalStackServer;

import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Options that say which Kinesis a command talks to.
 *
 * <p>AWS itself only where somebody says so: a replay there costs money, and a test run must not do
 * that because a LocalStack happened to be down.
 */
public final class KinesisTarget {

    private static final String EMULATOR_REGION = "us-east-1";
    private static final String EMULATOR_KEY = "test";

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            defaultValue = "${env:HYDRANT_LOCALSTACK_ENDPOINT}",
            description =
                    "where LocalStack or another emulator answers; default:"
                            + " HYDRANT_LOCALSTACK_ENDPOINT, else what './hydrant localstack up'"
                            + " started")
    private String endpoint;

    @Option(
            names = "--aws",
            description = "talk to AWS itself, with the credentials of the SDK's default chain")
    private boolean aws;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "region of the stream (default: " + EMULATOR_REGION + " with --endpoint)")
    private String region;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * The client configuration that the options mean.
     *
     * @throws IOException if the state of a local LocalStack cannot be read
     * @throws ParameterException if they mean nothing, or two things at once
     */
    public AwsClientConfig config() throws IOException {
        if (aws) {
            if (spec.commandLine().getParseResult().hasMatchedOption("--endpoint")) {
                throw new ParameterException(
                        spec.commandLine(), "--aws and --endpoint exclude each other");
            }
            Configuration config = new Configuration();
            if (region != null) {
                config.set(AwsOptions.REGION, region);
            }
            return AwsClientConfig.from(config);
        }
        return AwsClientConfig.forEndpoint(
                emulator(), region == null ? EMULATOR_REGION : region, EMULATOR_KEY, EMULATOR_KEY);
    }

    private URI emulator() throws IOException {
        if (endpoint != null && !endpoint.isBlank()) {
            return URI.create(endpoint);
        }
        Optional<LocalStackServer> running = LocalStackServer.find(LocalStackServer.USUAL_PORT);
        return running.map(LocalStackServer::endpoint)
                .orElseThrow(
                        () ->
                                new ParameterException(
                                        spec.commandLine(),
                                        "No LocalStack runs. Start one with './hydrant localstack"
                                                + " up', name another with --endpoint, or mean AWS"
                                                + " itself with --aws"));
    }
}
