package io.hydrant.jobs.gateway;

import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.jobs.gateway.limits.ClientLimits;
import io.hydrant.kinesis.sink.AcknowledgingPutterConfig;
import io.hydrant.kinesis.sink.Aggregation;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a gateway listens and puts, resolved and validated.
 *
 * @param address where it listens for clients
 * @param adminAddress where health and metrics are
 * @param tlsCertificate PEM file, or null for plain HTTP
 * @param tlsPrivateKey PEM file, or null for plain HTTP
 * @param credentialsFile keys of the clients
 * @param kinesisStreams streams for Kinesis' own API, beside those behind delivery streams
 * @param maxConnections connections at a time
 * @param maxStreams requests of one HTTP/2 connection at a time; 0 for HTTP/1.1 alone
 * @param maxBodyBytes body of a request at the most
 * @param maxInFlightBytes bodies of all requests under way
 * @param requestTimeout time for a body to come
 * @param idleTimeout time for a request to begin
 * @param stopTimeout time for requests under way at the end
 * @param putter how records are put
 * @param kinesisMaxInFlight calls that are passed through at a time
 * @param clientRates what a client may put in a second
 * @param anonymousClient profile of requests of plain HTTP without a key, or null
 * @param allowedOrigins origins of pages that may send by plain HTTP
 * @param httpMaxRecords records of a request of plain HTTP
 */
public record GatewayConfig(
        InetSocketAddress address,
        InetSocketAddress adminAddress,
        Path tlsCertificate,
        Path tlsPrivateKey,
        Path credentialsFile,
        List<StreamArn> kinesisStreams,
        int maxConnections,
        int maxStreams,
        long maxBodyBytes,
        long maxInFlightBytes,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration stopTimeout,
        AcknowledgingPutterConfig putter,
        int kinesisMaxInFlight,
        ClientLimits.Rates clientRates,
        String anonymousClient,
        List<String> allowedOrigins,
        int httpMaxRecords) {

    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#\\s]+");

    /** Data of one batch: what fits into one call with its keys. */
    private static final int BATCH_BYTES = 4 * 1024 * 1024;

    /** Below the numbers that a producer may have under way, so that it rarely needs a new name. */
    private static final int PENDING_RECORDS = 50_000;

    private static final ExponentialBackoff BACKOFF =
            new ExponentialBackoff(Duration.ofMillis(50), Duration.ofSeconds(1), 2, 0.2);

    /** Validates what belongs together. */
    public GatewayConfig {
        kinesisStreams = List.copyOf(kinesisStreams);
        allowedOrigins = List.copyOf(allowedOrigins);
        for (String origin : allowedOrigins) {
            if (!origin.equals("*") && !ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException(
                        GatewayOptions.HTTP_ALLOWED_ORIGINS.key()
                                + " has '"
                                + origin
                                + "', which is no origin; one has scheme and host, and no path, such as"
                                + " https://shop.example");
            }
        }
        if ((tlsCertificate == null) != (tlsPrivateKey == null)) {
            throw new IllegalArgumentException(
                    "Give both or none of "
                            + GatewayOptions.TLS_CERTIFICATE.key()
                            + " and "
                            + GatewayOptions.TLS_PRIVATE_KEY.key());
        }
    }

    /**
     * Reads the {@code gateway.*} options.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static GatewayConfig from(ReadableConfig options) {
        String certificate = options.get(GatewayOptions.TLS_CERTIFICATE);
        String privateKey = options.get(GatewayOptions.TLS_PRIVATE_KEY);
        InetSocketAddress address = address(options, GatewayOptions.HOST, GatewayOptions.PORT);
        if (certificate == null
                && !options.get(GatewayOptions.PLAIN_TEXT_ALLOWED)
                && !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    GatewayOptions.HOST.key()
                            + " is "
                            + options.get(GatewayOptions.HOST)
                            + ", so records would leave the machine in plain text. Give "
                            + GatewayOptions.TLS_CERTIFICATE.key()
                            + " and "
                            + GatewayOptions.TLS_PRIVATE_KEY.key()
                            + ", or set "
                            + GatewayOptions.PLAIN_TEXT_ALLOWED.key()
                            + " where something else ends TLS");
        }
        String credentials = options.get(GatewayOptions.CREDENTIALS_FILE);
        if (credentials == null) {
            throw new IllegalArgumentException(
                    GatewayOptions.CREDENTIALS_FILE.key()
                            + " is missing; there is no access without a signature. It is a file of the"
                            + " form of ~/.aws/credentials, each profile a client");
        }
        return new GatewayConfig(
                address,
                address(options, GatewayOptions.ADMIN_HOST, GatewayOptions.ADMIN_PORT),
                certificate == null ? null : Path.of(certificate),
                privateKey == null ? null : Path.of(privateKey),
                Path.of(credentials),
                options.get(GatewayOptions.KINESIS_STREAMS).stream().map(StreamArn::parse).toList(),
                positive(options, GatewayOptions.MAX_CONNECTIONS),
                maxStreams(options),
                size(options, GatewayOptions.MAX_BODY_SIZE),
                size(options, GatewayOptions.MAX_IN_FLIGHT_SIZE),
                positiveTime(options, GatewayOptions.REQUEST_TIMEOUT),
                positiveTime(options, GatewayOptions.IDLE_TIMEOUT),
                options.get(GatewayOptions.STOP_TIMEOUT),
                putter(options),
                positive(options, GatewayOptions.KINESIS_MAX_IN_FLIGHT),
                new ClientLimits.Rates(
                        options.get(GatewayOptions.CLIENT_MAX_REQUESTS),
                        options.get(GatewayOptions.CLIENT_MAX_RECORDS),
                        options.getOptional(GatewayOptions.CLIENT_MAX_BYTES)
                                .map(MemorySize::getBytes)
                                .orElse(null)),
                options.get(GatewayOptions.HTTP_ANONYMOUS_CLIENT),
                options.get(GatewayOptions.HTTP_ALLOWED_ORIGINS),
                positive(options, GatewayOptions.HTTP_MAX_RECORDS));
    }

    private static AcknowledgingPutterConfig putter(ReadableConfig options) {
        return new AcknowledgingPutterConfig(
                options.get(GatewayOptions.AGGREGATION_ENABLED) ? Aggregation.DEFAULT : null,
                options.get(GatewayOptions.PRODUCER_IDENTITY_ENABLED),
                BATCH_BYTES,
                positive(options, GatewayOptions.PUT_MAX_IN_FLIGHT),
                PENDING_RECORDS,
                size(options, GatewayOptions.MAX_IN_FLIGHT_SIZE),
                options.get(GatewayOptions.PUT_LINGER),
                options.get(GatewayOptions.PUT_PATIENCE),
                BACKOFF);
    }

    private static InetSocketAddress address(
            ReadableConfig options, ConfigOption<String> host, ConfigOption<Integer> port) {
        int number = options.get(port);
        if (number < 0 || number > 65_535) {
            throw new IllegalArgumentException(
                    port.key() + " is " + number + "; it must be from 0 to 65535");
        }
        InetSocketAddress address = new InetSocketAddress(options.get(host), number);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    host.key()
                            + " is "
                            + options.get(host)
                            + ", which is no address; give one such as 0.0.0.0 or 127.0.0.1");
        }
        return address;
    }

    private static int maxStreams(ReadableConfig options) {
        int value = options.get(GatewayOptions.HTTP2_MAX_STREAMS);
        if (value < 0) {
            throw new IllegalArgumentException(
                    GatewayOptions.HTTP2_MAX_STREAMS.key()
                            + " is "
                            + value
                            + "; it must be at least 0, which is HTTP/1.1 alone");
        }
        return value;
    }

    private static int positive(ReadableConfig options, ConfigOption<Integer> option) {
        int value = options.get(option);
        if (value < 1) {
            throw new IllegalArgumentException(
                    option.key() + " is " + value + "; it must be at least 1");
        }
        return value;
    }

    private static Duration positiveTime(ReadableConfig options, ConfigOption<Duration> option) {
        Duration value = options.get(option);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    option.key() + " is " + value + "; it must be longer than zero");
        }
        return value;
    }

    private static long size(ReadableConfig options, ConfigOption<MemorySize> option) {
        long bytes = options.get(option).getBytes();
        if (bytes < 1 || bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    option.key() + " is " + bytes + " bytes; it must be from 1 byte to 2 gb");
        }
        return bytes;
    }
}
