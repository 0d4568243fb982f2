package io.hydrant.launcher.gateway;

import io.hydrant.jobs.gateway.Gateway;
import io.hydrant.jobs.gateway.GatewayOptions;
import io.hydrant.jobs.gateway.document.GatewayDocument;
import io.hydrant.jobs.gateway.document.ServedStream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code ./hydrant gateway}: a server that producers take for Firehose. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description = {
            "Take what producers put to Firehose (PutRecord, PutRecordBatch), and to "
                    + "Kinesis, with the AWS SDKs, unchanged but for the endpoint, and put it into "
                    + "the Kinesis stream that the delivery job reads.",
            "Also what webhooks and curl POST to /deliverystreams/NAME or /streams/NAME "
                    + "with a key. A record is acknowledged when Kinesis has it. Ends by SIGTERM or "
                    + "Ctrl-C, when what is under way is answered."
        })
public final class GatewayCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description =
                    "The configuration of a delivery, as the job takes it, or a gateway.json: "
                            + "{\"DeliveryStreams\": [{\"DeliveryStreamName\": \"orders\", "
                            + "\"KinesisStreamARN\": \"arn:…\"}], \"Hydrant\": {\"gateway.port\": 8088}}. May "
                            + "be repeated.")
    private List<Path> files;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description =
                    "Keys that requests are signed with, in the form of ~/.aws/credentials; each"
                            + " profile is a client, and may have a hydrant_http_key for plain HTTP."
                            + " (gateway.credentials-file)")
    private Path keys;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "An option gateway.* or aws.*, see docs/options.md; may be repeated.")
    private List<String> assignments = List.of();

    @Override
    public Integer call() throws Exception {
        List<String> all = new ArrayList<>(assignments);
        if (keys != null) {
            all.add(GatewayOptions.CREDENTIALS_FILE.key() + '=' + keys);
        }
        PrintWriter out = spec.commandLine().getOut();
        Gateway gateway = Gateway.start(GatewayDocument.read(files, all));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    gateway.close();
                                    ended.countDown();
                                },
                                "gateway-stop"));
        for (ServedStream stream : gateway.streams()) {
            out.println("serves    " + stream.name() + "  into " + stream.stream());
        }
        out.println("clients   " + gateway.endpoint());
        out.println("health    " + gateway.adminEndpoint() + "/health, /ready, /metrics");
        out.println("ready");
        out.flush();
        ended.await();
        return 0;
    }
}
