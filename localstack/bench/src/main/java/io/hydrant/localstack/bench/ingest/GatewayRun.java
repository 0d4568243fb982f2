package io.hydrant.localstack.bench.ingest;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.jobs.gateway.Gateway;
import io.hydrant.jobs.gateway.document.GatewayDocument;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A gateway in this process, and its clients in another one; or the clients alone, in this one,
 * straight into Kinesis.
 */
final class GatewayRun {

    static final String KEY_ID = "AKIDBENCH";
    static final String SECRET = "bench/secret";
    static final String DELIVERY_STREAM = "bench";

    private static final String CLIENT_HEAP = "-Xmx512m";

    private GatewayRun() {}

    static Measured withoutGateway(IngestCaseSettings settings)
            throws IOException, InterruptedException {
        long start = System.currentTimeMillis();
        AwsClientConfig aws =
                AwsClientConfig.forEndpoint(settings.kinesis(), "us-east-1", "anyone", "anything");
        try (PutCalls calls =
                PutCalls.putRecords(aws, settings.streamArn(), settings.load().recordBytes())) {
            PutFigures figures =
                    new PutClients(calls.call(), settings.connections())
                            .run(settings.records(), settings.latencySeconds());
            figures.write(settings.putFigures());
            return measured(start, figures);
        }
    }

    static Measured throughGateway(IngestCaseSettings settings)
            throws IOException, InterruptedException {
        long start = System.currentTimeMillis();
        try (Gateway gateway = Gateway.start(document(settings))) {
            Process clients = clients(gateway, settings);
            int exit = clients.waitFor();
            if (exit != 0) {
                throw new IOException("The clients ended with exit code " + exit);
            }
            return measured(start, PutFigures.read(settings.putFigures()));
        }
    }

    private static GatewayDocument document(IngestCaseSettings settings) throws IOException {
        Path keys =
                Files.writeString(
                        settings.work().resolve("clients.credentials"),
                        "[bench]\naws_access_key_id = "
                                + KEY_ID
                                + "\naws_secret_access_key = "
                                + SECRET
                                + '\n');
        Path document =
                Files.writeString(
                        settings.work().resolve("gateway.json"),
                        """
                        {"DeliveryStreams": [{"DeliveryStreamName": "%s", "KinesisStreamARN": "%s"}]}
                        """
                                .formatted(DELIVERY_STREAM, settings.streamArn()));
        return GatewayDocument.read(
                List.of(document),
                List.of(
                        "gateway.port=0",
                        "gateway.admin.port=0",
                        "gateway.credentials-file=" + keys,
                        "aws.endpoint=" + settings.kinesis(),
                        "aws.credentials.provider=BASIC",
                        "aws.credentials.basic.accesskeyid=anyone",
                        "aws.credentials.basic.secretkey=anything"));
    }

    private static Process clients(Gateway gateway, IngestCaseSettings settings)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(CLIENT_HEAP);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(PutMain.class.getName());
        command.add(gateway.endpoint().toString());
        command.addAll(settings.toArguments());
        // Ends with the gateway, which it then cannot reach.
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static Measured measured(long start, PutFigures figures) {
        return new Measured(
                start,
                0,
                figures.warmMillis(),
                figures.warmRecords(),
                figures.endMillis(),
                figures.records(),
                ProcessMeter.heapAfterCollection(),
                0,
                0,
                0);
    }
}
