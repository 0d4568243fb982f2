package io.hydrant.jobs.gateway;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.jobs.gateway.auth.Authenticator;
import io.hydrant.jobs.gateway.auth.Client;
import io.hydrant.jobs.gateway.auth.ClientKeys;
import io.hydrant.jobs.gateway.auth.HttpKeyAuthenticator;
import io.hydrant.jobs.gateway.auth.WebhookAuthenticator;
import io.hydrant.jobs.gateway.document.GatewayDocument;
import io.hydrant.jobs.gateway.document.ServedStream;
import io.hydrant.jobs.gateway.firehose.DeliveryStreamWriter;
import io.hydrant.jobs.gateway.firehose.FirehoseApi;
import io.hydrant.jobs.gateway.http.AdminServer;
import io.hydrant.jobs.gateway.http.GatewayServer;
import io.hydrant.jobs.gateway.http.GatewayService;
import io.hydrant.jobs.gateway.kinesis.KinesisPassThrough;
import io.hydrant.jobs.gateway.limits.ByteBudget;
import io.hydrant.jobs.gateway.limits.ClientLimits;
import io.hydrant.jobs.gateway.metrics.GatewayMetrics;
import io.hydrant.jobs.gateway.plain.CrossOrigin;
import io.hydrant.jobs.gateway.plain.PlainApi;
import io.hydrant.jobs.gateway.tls.ReloadedKeys;
import io.hydrant.kinesis.sink.AcknowledgingPutter;
import io.hydrant.kinesis.sink.SdkPutApi;
import io.hydrant.kinesis.stream.StreamArn;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server that producers take for Firehose: what they put goes into the Kinesis stream that the
 * delivery job reads.
 *
 * <p>A record that is acknowledged is in that stream, whatever becomes of the gateway afterwards;
 * the gateway itself keeps nothing. At least once: a client that puts again what was not
 * acknowledged may double it, and so may the gateway where Kinesis' answer was lost; of the latter
 * all copies have the same stamp ({@code gateway.producer-identity.enabled}). Any number of
 * gateways may stand side by side.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    private final GatewayConfig config;
    private final List<DeliveryStreamWriter> writers = new ArrayList<>();

    /** Those of Kinesis streams that no delivery stream has. */
    private final List<DeliveryStreamWriter> streamWriters = new ArrayList<>();

    private final GatewayMetrics metrics = new GatewayMetrics();
    private final ExecutorService workers;
    private KinesisPassThrough kinesis;
    private GatewayServer server;
    private AdminServer admin;
    private volatile boolean isReady;

    private Gateway(GatewayConfig config) {
        this.config = config;
        this.workers =
                Executors.newFixedThreadPool(
                        Math.max(2, Runtime.getRuntime().availableProcessors()),
                        task -> {
                            Thread thread = new Thread(task, "gateway-work");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * Starts a gateway; it takes requests when this returns.
     *
     * @throws IOException if a file cannot be read, or an address is taken
     * @throws IllegalArgumentException naming what is wrong with the configuration
     */
    public static Gateway start(GatewayDocument document) throws IOException {
        GatewayConfig config = GatewayConfig.from(document.options());
        Gateway gateway = new Gateway(config);
        try {
            gateway.open(document);
            return gateway;
        } catch (IOException | RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private void open(GatewayDocument document) throws IOException {
        ClientKeys keys = ClientKeys.read(config.credentialsFile());
        SslContext tls = tls();
        Map<StreamArn, AwsClientConfig> streams = new HashMap<>();
        for (StreamArn stream : config.kinesisStreams()) {
            streams.put(
                    stream,
                    AwsClientConfig.from(document.options()).withDefaultRegion(stream.region()));
        }
        for (ServedStream served : document.streams().values()) {
            streams.put(served.stream(), served.aws());
            writers.add(writer(served));
        }
        Map<String, DeliveryStreamWriter> plainStreams = plainStreams(keys, document);
        ClientLimits limits = new ClientLimits(config.clientRates(), System::nanoTime);
        kinesis = new KinesisPassThrough(streams, config.kinesisMaxInFlight(), limits);
        ByteBudget budget = new ByteBudget(config.maxInFlightBytes());
        server =
                new GatewayServer(
                        new GatewayServer.Settings(
                                config.address(),
                                tls,
                                config.maxConnections(),
                                config.maxBodyBytes(),
                                budget,
                                config.requestTimeout(),
                                config.idleTimeout(),
                                config.maxStreams()),
                        new GatewayService(
                                new Authenticator(keys, InstantSource.system()),
                                new FirehoseApi(writers, limits, metrics),
                                kinesis,
                                new PlainApi(
                                        new PlainApi.Settings(
                                                config.maxBodyBytes(),
                                                config.httpMaxRecords(),
                                                budget),
                                        new HttpKeyAuthenticator(keys, anonymous(keys)),
                                        new WebhookAuthenticator(keys, InstantSource.system()),
                                        deliveryStreams(),
                                        plainStreams,
                                        limits,
                                        metrics,
                                        workers),
                                new CrossOrigin(config.allowedOrigins()),
                                limits,
                                metrics,
                                workers),
                        metrics);
        showGauges(budget);
        admin = AdminServer.start(config.adminAddress(), metrics, () -> isReady);
        server.start();
        isReady = true;
    }

    private DeliveryStreamWriter writer(ServedStream served) {
        return new DeliveryStreamWriter(
                served,
                new AcknowledgingPutter(
                        SdkPutApi.factory(served.aws(), served.stream()).open(),
                        served.stream(),
                        config.putter()));
    }

    /**
     * Who writes to Kinesis streams by plain HTTP: those behind delivery streams share one with
     * them. There are none where nobody could use them.
     */
    private Map<String, DeliveryStreamWriter> plainStreams(
            ClientKeys keys, GatewayDocument document) {
        Map<String, DeliveryStreamWriter> byName = new HashMap<>();
        // A name alone says no account and no region, so the first that has it counts.
        writers.forEach(writer -> byName.putIfAbsent(writer.served().stream().stream(), writer));
        if (keys.hasHttpKeys() || config.anonymousClient() != null) {
            for (StreamArn stream : config.kinesisStreams()) {
                if (!byName.containsKey(stream.stream())) {
                    DeliveryStreamWriter writer =
                            writer(
                                    new ServedStream(
                                            // No delivery stream can have such a name.
                                            "streams/" + stream.stream(),
                                            stream,
                                            AwsClientConfig.from(document.options())
                                                    .withDefaultRegion(stream.region()),
                                            "1",
                                            JsonNodeFactory.instance.objectNode()));
                    streamWriters.add(writer);
                    byName.put(stream.stream(), writer);
                }
            }
        }
        return byName;
    }

    private Map<String, DeliveryStreamWriter> deliveryStreams() {
        return writers.stream()
                .collect(Collectors.toMap(writer -> writer.served().name(), Function.identity()));
    }

    private List<DeliveryStreamWriter> allWriters() {
        return Stream.concat(writers.stream(), streamWriters.stream()).toList();
    }

    private Client anonymous(ClientKeys keys) {
        if (config.anonymousClient() == null) {
            return null;
        }
        Client client = keys.named(config.anonymousClient());
        if (client == null || client.streams() == null) {
            throw new IllegalArgumentException(
                    GatewayOptions.HTTP_ANONYMOUS_CLIENT.key()
                            + " is '"
                            + config.anonymousClient()
                            + (client == null
                                    ? "', which is no profile of "
                                    : "', whose profile has no hydrant_streams in ")
                            + config.credentialsFile()
                            + "; what anybody may put into has to be named there");
        }
        return client;
    }

    private void showGauges(ByteBudget budget) {
        metrics.gauge("connections", server::connections);
        metrics.gauge("in_flight_bytes", budget::used);
        for (DeliveryStreamWriter writer : allWriters()) {
            String name = writer.served().name();
            metrics.gaugeOfStream("pending_records", name, () -> writer.stats().pendingRecords());
            metrics.gaugeOfStream(
                    "kinesis_records_total", name, () -> writer.stats().kinesisRecords());
            metrics.gaugeOfStream("kinesis_calls_total", name, () -> writer.stats().calls());
            metrics.gaugeOfStream(
                    "retried_records_total", name, () -> writer.stats().retriedRecords());
        }
    }

    private SslContext tls() throws IOException {
        if (config.tlsCertificate() == null) {
            return null;
        }
        SslContextBuilder tls =
                SslContextBuilder.forServer(
                                ReloadedKeys.read(
                                        config.tlsCertificate(),
                                        config.tlsPrivateKey(),
                                        InstantSource.system(),
                                        System::nanoTime))
                        .protocols("TLSv1.3", "TLSv1.2");
        if (config.maxStreams() > 0) {
            tls.applicationProtocolConfig(
                    new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1));
        }
        return tls.build();
    }

    /** Where clients find it. */
    public URI endpoint() {
        return uri(config.tlsCertificate() == null ? "http" : "https", server.address());
    }

    /** Where health and metrics are. */
    public URI adminEndpoint() {
        return uri("http", admin.address());
    }

    private static URI uri(String scheme, InetSocketAddress address) {
        return URI.create(
                scheme
                        + "://"
                        + (address.getAddress().isAnyLocalAddress()
                                ? "localhost"
                                : address.getHostString())
                        + ':'
                        + address.getPort());
    }

    /** The delivery streams that it serves. */
    public List<ServedStream> streams() {
        return writers.stream().map(DeliveryStreamWriter::served).toList();
    }

    /** Takes no more requests, answers those that are under way, and ends. */
    @Override
    public void close() {
        isReady = false;
        long end = System.nanoTime() + config.stopTimeout().toNanos();
        if (server != null) {
            server.stopTaking();
            if (!awaitEnd(left(end))) {
                LOG.warn("Requests are under way after {}; they fail", config.stopTimeout());
            }
        }
        // Tells those that are left that they failed; only then are they cut off.
        allWriters().forEach(DeliveryStreamWriter::close);
        if (kinesis != null) {
            kinesis.close();
        }
        if (server != null) {
            awaitEnd(LAST_ANSWERS);
            server.close();
        }
        workers.shutdownNow();
        if (admin != null) {
            admin.close();
        }
    }

    private boolean awaitEnd(Duration longest) {
        try {
            return server.awaitEnd(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
