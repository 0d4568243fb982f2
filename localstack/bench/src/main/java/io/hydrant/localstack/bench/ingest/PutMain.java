package io.hydrant.localstack.bench.ingest;

import io.hydrant.core.aws.AwsClientConfig;

import java.net.URI;

/** The clients of a gateway, in a process of their own, which only looks at itself. */
public final class PutMain {

    private PutMain() {}

    /**
     * Puts, and writes its {@link PutFigures}.
     *
     * @param arguments the gateway's address, and what its process was told
     */
    public static void main(String[] arguments) throws Exception {
        URI gateway = URI.create(arguments[0]);
        String[] rest = new String[arguments.length - 1];
        System.arraycopy(arguments, 1, rest, 0, rest.length);
        IngestCaseSettings settings = IngestCaseSettings.parse(rest);
        AwsClientConfig aws =
                AwsClientConfig.forEndpoint(
                        gateway, "us-east-1", GatewayRun.KEY_ID, GatewayRun.SECRET);
        int bytes = settings.load().recordBytes();
        try (PutCalls calls =
                settings.ingestCase() == IngestCase.GATEWAY_BATCH
                        ? PutCalls.putRecordBatch(aws, GatewayRun.DELIVERY_STREAM, bytes)
                        : PutCalls.putRecords(aws, settings.streamArn(), bytes)) {
            new PutClients(calls.call(), settings.connections())
                    .run(settings.records(), settings.latencySeconds())
                    .write(settings.putFigures());
        }
        // The SDK leaves threads behind that are no daemons.
        System.exit(0);
    }
}
