package io.hydrant.jobs.gateway;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.List;

/** Options of the gateway. */
public final class GatewayOptions {

    /** Address to listen on. */
    public static final ConfigOption<String> HOST =
            ConfigOptions.key("gateway.host")
                    .stringType()
                    .defaultValue("127.0.0.1")
                    .withDescription(
                            "Address on which the gateway listens; 0.0.0.0 for all. Other than this machine's"
                                    + " own it needs gateway.tls.certificate.");

    /** Port to listen on. */
    public static final ConfigOption<Integer> PORT =
            ConfigOptions.key("gateway.port")
                    .intType()
                    .defaultValue(8088)
                    .withDescription("Port on which it listens; 0 for any free one.");

    /** Address of health and metrics. */
    public static final ConfigOption<String> ADMIN_HOST =
            ConfigOptions.key("gateway.admin.host")
                    .stringType()
                    .defaultValue("127.0.0.1")
                    .withDescription(
                            "Address of /health, /ready and /metrics, which take no signature.");

    /** Port of health and metrics. */
    public static final ConfigOption<Integer> ADMIN_PORT =
            ConfigOptions.key("gateway.admin.port")
                    .intType()
                    .defaultValue(8089)
                    .withDescription("Port of /health, /ready and /metrics; 0 for any free one.");

    /** Certificate. */
    public static final ConfigOption<String> TLS_CERTIFICATE =
            ConfigOptions.key("gateway.tls.certificate")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "PEM file with the certificate and those above it. What is put in its place is"
                                    + " shown from the next minute on, with its key.");

    /** Private key. */
    public static final ConfigOption<String> TLS_PRIVATE_KEY =
            ConfigOptions.key("gateway.tls.private-key")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("PEM file with its private key (PKCS#8, no password).");

    /** Whether plain HTTP may leave the machine. */
    public static final ConfigOption<Boolean> PLAIN_TEXT_ALLOWED =
            ConfigOptions.key("gateway.plain-text.allowed")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether it may listen without TLS on other addresses than this machine's own, as"
                                    + " behind a load balancer that ends TLS.");

    /** Keys of the clients. */
    public static final ConfigOption<String> CREDENTIALS_FILE =
            ConfigOptions.key("gateway.credentials-file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "File of the form of ~/.aws/credentials; each profile is a client. hydrant_streams"
                                    + " in a profile names the only streams that it may use, hydrant_http_key the"
                                    + " keys for plain HTTP. Required: there is no access without a signature or"
                                    + " a key.");

    /** Kinesis streams for pass-through. */
    public static final ConfigOption<List<String>> KINESIS_STREAMS =
            ConfigOptions.key("gateway.kinesis.streams")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "ARNs of Kinesis streams, with ; between, into which clients may put with Kinesis'"
                                    + " own PutRecord and PutRecords, beside those behind the delivery streams.");

    /** Client of requests without a key. */
    public static final ConfigOption<String> HTTP_ANONYMOUS_CLIENT =
            ConfigOptions.key("gateway.http.anonymous-client")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Profile of the credentials file as which requests of plain HTTP without a key count,"
                                    + " as beacons of browsers are; it needs hydrant_streams. Where absent, and"
                                    + " by default, there is no access without a key.");

    /** Pages of other origins. */
    public static final ConfigOption<List<String>> HTTP_ALLOWED_ORIGINS =
            ConfigOptions.key("gateway.http.cors.allowed-origins")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Origins of pages, such as https://shop.example, with ; between, whose scripts may send"
                                    + " records by plain HTTP and see the answers (CORS); * for all. None by"
                                    + " default.");

    /** Records of a request of plain HTTP. */
    public static final ConfigOption<Integer> HTTP_MAX_RECORDS =
            ConfigOptions.key("gateway.http.max-records")
                    .intType()
                    .defaultValue(100_000)
                    .withDescription("Records of one request of plain HTTP at the most.");

    /** Connections. */
    public static final ConfigOption<Integer> MAX_CONNECTIONS =
            ConfigOptions.key("gateway.max-connections")
                    .intType()
                    .defaultValue(2_000)
                    .withDescription("Connections at a time; more are closed at once.");

    /** Streams of HTTP/2. */
    public static final ConfigOption<Integer> HTTP2_MAX_STREAMS =
            ConfigOptions.key("gateway.http2.max-concurrent-streams")
                    .intType()
                    .defaultValue(100)
                    .withDescription(
                            "Requests of one HTTP/2 connection at a time; 0 for HTTP/1.1 alone.");

    /** Body of a request. */
    public static final ConfigOption<MemorySize> MAX_BODY_SIZE =
            ConfigOptions.key("gateway.max-body-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(15))
                    .withDescription(
                            "Body of a request at the most; the default holds the largest PutRecords, 10 MiB in"
                                    + " base64.");

    /** Memory of bodies. */
    public static final ConfigOption<MemorySize> MAX_IN_FLIGHT_SIZE =
            ConfigOptions.key("gateway.max-in-flight-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(128))
                    .withDescription(
                            "Bodies of all requests under way, together; more are answered with"
                                    + " ServiceUnavailableException. The heap needs about four times as much.");

    /** Time for a request to come. */
    public static final ConfigOption<Duration> REQUEST_TIMEOUT =
            ConfigOptions.key("gateway.request-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "Time for the body of a request to come, however slowly its bytes do, and for an"
                                    + " answer to be taken; then the connection is closed, or the stream of"
                                    + " HTTP/2 reset.");

    /** Time between requests. */
    public static final ConfigOption<Duration> IDLE_TIMEOUT =
            ConfigOptions.key("gateway.idle-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "Time from one answer, of HTTP/2 the last under way, or the beginning of a"
                                    + " connection, to the next request with all of its headers; then the"
                                    + " connection is closed.");

    /** Time to stop. */
    public static final ConfigOption<Duration> STOP_TIMEOUT =
            ConfigOptions.key("gateway.stop-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(25))
                    .withDescription(
                            "At the end, time for requests under way to be answered; those that are left are"
                                    + " told that they failed.");

    /** Aggregation. */
    public static final ConfigOption<Boolean> AGGREGATION_ENABLED =
            ConfigOptions.key("gateway.aggregation.enabled")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether records of delivery streams go into the Kinesis stream in KPL aggregates,"
                                    + " which the delivery job and the KCL take apart.");

    /** Identity. */
    public static final ConfigOption<Boolean> PRODUCER_IDENTITY_ENABLED =
            ConfigOptions.key("gateway.producer-identity.enabled")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether records carry a stamp that the copies share which the gateway makes when it"
                                    + " puts again; a source with source.deduplication.enabled leaves them out."
                                    + " Each record then is in a KPL aggregate.");

    /** How long a record is put again. */
    public static final ConfigOption<Duration> PUT_PATIENCE =
            ConfigOptions.key("gateway.put.patience")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "How long a record that Kinesis does not take is put again before the client is told"
                                    + " that it failed. Kinesis' own API is passed through, without that.");

    /** How long a batch waits. */
    public static final ConfigOption<Duration> PUT_LINGER =
            ConfigOptions.key("gateway.put.linger")
                    .durationType()
                    .defaultValue(Duration.ofMillis(10))
                    .withDescription(
                            "How long records wait for others to share a call and an aggregate.");

    /** Calls at a time. */
    public static final ConfigOption<Integer> PUT_MAX_IN_FLIGHT =
            ConfigOptions.key("gateway.put.max-in-flight")
                    .intType()
                    .defaultValue(8)
                    .withDescription("PutRecords calls of one delivery stream at a time.");

    /** Pass-through calls at a time. */
    public static final ConfigOption<Integer> KINESIS_MAX_IN_FLIGHT =
            ConfigOptions.key("gateway.kinesis.max-in-flight")
                    .intType()
                    .defaultValue(100)
                    .withDescription(
                            "Calls of Kinesis' own API that are passed through at a time; more are answered with a"
                                    + " throttling error, which SDKs try again. The asynchronous client of the SDK"
                                    + " for Java alone makes 50.");

    /** Requests of a client. */
    public static final ConfigOption<Long> CLIENT_MAX_REQUESTS =
            ConfigOptions.key("gateway.client.max-requests-per-second")
                    .longType()
                    .noDefaultValue()
                    .withDescription(
                            "Requests of one client in a second; any number where absent.");

    /** Records of a client. */
    public static final ConfigOption<Long> CLIENT_MAX_RECORDS =
            ConfigOptions.key("gateway.client.max-records-per-second")
                    .longType()
                    .noDefaultValue()
                    .withDescription("Records of one client in a second; any number where absent.");

    /** Bytes of a client. */
    public static final ConfigOption<MemorySize> CLIENT_MAX_BYTES =
            ConfigOptions.key("gateway.client.max-bytes-per-second")
                    .memoryType()
                    .noDefaultValue()
                    .withDescription(
                            "Data of the records of one client in a second; any amount where absent.");

    private GatewayOptions() {}
}
