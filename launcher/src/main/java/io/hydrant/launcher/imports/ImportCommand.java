package io.hydrant.launcher.imports;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsOptions;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.jobs.delivery.document.InvalidConfigurationException;

import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code ./hydrant import}: writes the configuration of a live Firehose stream to a file. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Write the configuration of a Firehose stream to a file that the job takes, and "
                    + "say what of it the job refuses, or does otherwise, and why.",
            "Secrets are not written."
        },
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {
            "0:the job takes all of it",
            "1:written, but something cannot be carried over",
            "2:it could not be read or written"
        })
public final class ImportCommand implements Callable<Integer> {

    private static final int NOT_ALL = 1;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DELIVERY-STREAM", description = "Name of the Firehose stream.")
    private String deliveryStream;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Where Firehose is, such as http://localhost:4566. Default: AWS.")
    private String endpoint;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Its region. Default: that of the environment or the AWS profile.")
    private String region;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "An aws.* option for the call, such as aws.credentials.provider=PROFILE; may be repeated.")
    private List<String> assignments = List.of();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "stream.json",
            description = "The file; one that is there is not touched. Default: ${DEFAULT-VALUE}.")
    private Path output;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (Files.exists(output)) {
            throw new ParameterException(
                    spec.commandLine(), "--output: " + output + " is there already");
        }
        ImportedStream stream;
        try (FirehoseApi firehose = new FirehoseApi(config())) {
            stream = ImportedStream.of(firehose.describe(deliveryStream));
        }
        Files.writeString(output, stream.text(), StandardOpenOption.CREATE_NEW);
        out.println("wrote     " + output);
        for (String secret : stream.secrets()) {
            out.println("  not written: " + secret + " is a secret");
        }
        boolean isTaken = isTaken(out);
        out.flush();
        return isTaken && stream.secrets().isEmpty() ? 0 : NOT_ALL;
    }

    private boolean isTaken(PrintWriter out) {
        try {
            DeliveryPlan plan = DeliveryPlan.toCheck(List.of("--config", output.toString()));
            plan.notices().forEach(notice -> out.println("  note: " + notice));
            out.println("the job takes it; add --dry-run to see its plan");
            return true;
        } catch (InvalidConfigurationException e) {
            out.println("cannot be carried over: " + e.getMessage());
            return false;
        }
    }

    private AwsClientConfig config() throws IOException {
        Configuration options = new Configuration();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1 || !assignment.startsWith("aws.")) {
                // A value may be a secret.
                throw new ParameterException(
                        spec.commandLine(), "--set takes an option of aws.* and its value");
            }
            options.setString(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        if (endpoint != null) {
            options.setString(AwsOptions.ENDPOINT.key(), endpoint);
        }
        if (region != null) {
            options.set(AwsOptions.REGION, region);
        } else if (!options.contains(AwsOptions.REGION)) {
            options.set(AwsOptions.REGION, regionOfEnvironment());
        }
        return AwsClientConfig.from(options);
    }

    private static String regionOfEnvironment() throws IOException {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        } catch (SdkClientException e) {
            throw new IOException("No region is known; give --region, or set AWS_REGION", e);
        }
    }
}
