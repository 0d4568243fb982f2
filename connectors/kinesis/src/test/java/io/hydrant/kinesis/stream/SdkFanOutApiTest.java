package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.record.Envelope;
import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** Subscribes with the SDK's own client, over HTTP/2, to a double that speaks the event stream. */
@Timeout(60)
class SdkFanOutApiTest {

    private static final StreamArn STREAM =
            StreamArn.parse("arn:aws:kinesis:us-east-1:000000000000:stream/flights");
    private static final String SHARD = "shardId-000000000000";

    private FakeKinesis fake;
    private KinesisClient client;
    private ConsumerApi consumers;
    private FanOutApi api;
    private String consumer;
    private final List<ShardSubscription> subscribed = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        fake = FakeKinesis.start();
        fake.fanOut().untilTakeOver(Duration.ZERO);
        AwsClientConfig config =
                AwsClientConfig.forEndpoint(fake.fanOutEndpoint(), "us-east-1", "key", "secret");
        client = KinesisClients.withoutRetries(config, STREAM);
        client.createStream(r -> r.streamName("flights").shardCount(1));
        consumers = SdkConsumerApi.factory(config).open();
        api = SdkFanOutApi.factory(config).open();
        consumers.register(STREAM, "app");
        consumer = consumers.describe(STREAM, "app").arn();
    }

    @AfterEach
    void stop() {
        System.clearProperty(SdkSystemSetting.CBOR_ENABLED.property());
        // A client waits, when it is closed, for streams that are open.
        subscribed.forEach(ShardSubscription::cancel);
        api.close();
        consumers.close();
        client.close();
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void getsRecordsAsTheyAreInBothWireFormats(String cbor) {
        System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), cbor);
        Instant before = Instant.now().minusSeconds(1);
        String sequence = put("käse");
        Log log = subscribe(new Position.TrimHorizon());
        log.subscription.request();
        await(() -> !log.pages().isEmpty());

        RecordPage page = log.pages().get(0);
        assertThat(page.records()).hasSize(1);
        Envelope record = page.records().get(0);
        assertThat(new String(record.payloadCopy(), StandardCharsets.UTF_8)).isEqualTo("käse");
        assertThat(record.partitionKey()).isEqualTo("käse");
        assertThat(record.sequence()).isEqualTo(sequence);
        assertThat(record.stream()).isEqualTo("flights");
        assertThat(record.shard()).isEqualTo(SHARD);
        assertThat(Instant.ofEpochMilli(record.arrivalMillis())).isAfter(before);
        assertThat(page.bytes()).isEqualTo(5);
        assertThat(page.millisBehindLatest()).isZero();
        assertThat(page.nextIterator()).isNotEmpty();
        assertThat(log.told()).startsWith("accepted", "received");
    }

    @Test
    void getsNoMoreEventsThanItHasAskedFor() {
        fake.fanOut().recordsPerEvent(1);
        for (int i = 0; i < 10; i++) {
            put("r" + i);
        }
        Log log = subscribe(new Position.TrimHorizon());
        log.subscription.request();
        log.subscription.request();
        await(() -> log.pages().size() == 2);
        Log other = subscribe(new Position.TrimHorizon());
        other.subscription.request();
        await(() -> other.pages().size() == 1);

        assertThat(log.pages()).hasSize(2);
        assertThat(log.texts()).containsExactly("r0", "r1");
    }

    @Test
    void readsFromEveryPosition() {
        String first = put("a");
        String second = put("b");

        assertThat(firstOf(new Position.TrimHorizon())).isEqualTo("a");
        assertThat(firstOf(new Position.Behind(second, 0))).isEqualTo("b");
        assertThat(firstOf(new Position.After(first))).isEqualTo("b");
        assertThat(firstOf(new Position.AtTimestamp(Instant.EPOCH))).isEqualTo("a");
    }

    @Test
    void goesOnAtThePlaceThatAnEmptyEventCameTo() {
        Log log = subscribe(new Position.TrimHorizon());
        log.subscription.request();
        await(() -> !log.pages().isEmpty());
        RecordPage empty = log.pages().get(0);
        assertThat(empty.isAtTip()).isTrue();
        put("a");

        assertThat(firstOf(new Position.After(empty.nextIterator()))).isEqualTo("a");
    }

    @Test
    void isToldOfTheEndOfAShard() {
        put("a");
        client.splitShard(r -> r.streamName("flights").shardToSplit(SHARD).newStartingHashKey("7"));
        Log log = subscribe(new Position.TrimHorizon());
        log.subscription.request();
        await(() -> log.pages().size() == 1);

        assertThat(log.pages().get(0).nextIterator()).isNull();
        log.subscription.request();
        await(() -> log.told().contains("ended null"));
    }

    @Test
    void isToldWhenASubscriptionsTimeIsOver() {
        fake.fanOut().eventsPerSubscription(1);
        put("a");
        Log log = subscribe(new Position.TrimHorizon());
        log.subscription.request();
        // The SDK keeps even the end back until it is asked for more.
        log.subscription.request();

        await(() -> log.told().contains("ended null"));
        assertThat(log.texts()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
        "LimitExceededException, THROTTLED",
        "ResourceInUseException, TRANSIENT",
        "InternalFailureException, TRANSIENT",
        "InvalidArgumentException, FATAL",
        "ResourceNotFoundException, FATAL",
        "AccessDeniedException, FATAL",
    })
    void isToldWhyASubscriptionIsRefused(String code, StreamFailure failure) {
        fake.faults().next("SubscribeToShard", 1, Fault.refuse(400, code, "no"));
        Log log = subscribe(new Position.TrimHorizon());
        log.subscription.request();
        await(() -> log.error != null);

        assertThat(StreamFailure.of(log.error)).isEqualTo(failure);
        assertThat(log.error).hasMessageContaining("no");
        assertThat(log.told()).noneMatch("received"::equals);
    }

    @ParameterizedTest
    @CsvSource({
        "InternalFailureException, TRANSIENT",
        "ResourceInUseException, TRANSIENT",
        "KMSThrottlingException, THROTTLED",
        "ResourceNotFoundException, FATAL",
    })
    void isToldOfAnErrorInTheMidstOfEvents(String code, StreamFailure failure) {
        put("a");
        Log log = subscribe(new Position.TrimHorizon());
        log.subscription.request();
        await(() -> log.pages().size() == 1);
        log.subscription.request();

        fake.fanOut().failAll(code, "broken");
        await(() -> log.error != null);

        assertThat(StreamFailure.of(log.error)).as(log.error.toString()).isEqualTo(failure);
    }

    @Test
    void isToldWhenTheConnectionBreaks() {
        put("a");
        Log log = subscribe(new Position.TrimHorizon());
        log.subscription.request();
        await(() -> log.pages().size() == 1);
        log.subscription.request();

        fake.fanOut().disconnectAll();
        await(() -> log.error != null);

        assertThat(StreamFailure.of(log.error))
                .as(log.error.toString())
                .isEqualTo(StreamFailure.TRANSIENT);
    }

    @Test
    void isToldWhenAnotherSubscriptionTakesOver() {
        put("a");
        Log log = subscribe(new Position.TrimHorizon());
        log.subscription.request();
        await(() -> log.pages().size() == 1);
        log.subscription.request();

        assertThat(firstOf(new Position.TrimHorizon())).isEqualTo("a");
        await(() -> log.error != null);

        assertThat(log.error).hasMessageContaining("taken over");
    }

    @Test
    void endsASubscriptionThatIsCancelled() {
        put("a");
        Log log = subscribe(new Position.TrimHorizon());
        log.subscription.request();
        await(() -> log.pages().size() == 1);

        log.subscription.cancel();

        await(() -> fake.fanOut().open() == 0);
        assertThat(log.told()).containsExactly("accepted", "received");
    }

    @Test
    void subscribesToManyShardsOverFewConnections() {
        client.createStream(r -> r.streamName("wide").shardCount(200));
        StreamArn wide = StreamArn.parse("arn:aws:kinesis:us-east-1:000000000000:stream/wide");
        consumers.register(wide, "app");
        String wideConsumer = consumers.describe(wide, "app").arn();
        List<Log> logs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Log log = new Log();
            log.subscription =
                    api.subscribe(
                            wide,
                            wideConsumer,
                            String.format("shardId-%012d", i),
                            new Position.TrimHorizon(),
                            log);
            log.subscription.request();
            subscribed.add(log.subscription);
            logs.add(log);
        }

        await(() -> logs.stream().allMatch(log -> log.pages().size() == 1));
        assertThat(fake.fanOut().open()).isEqualTo(200);
    }

    @Test
    void knowsAConsumerThatIsNotThereFromAStreamThatIsNot() {
        assertThat(consumers.describe(STREAM, "nobody")).isNull();
        consumers.deregister(STREAM, "app", Duration.ofSeconds(10));
        assertThat(consumers.describe(STREAM, "app")).isNull();
    }

    private String put(String text) {
        return client.putRecord(
                        r ->
                                r.streamName("flights")
                                        .partitionKey(text)
                                        .data(SdkBytes.fromUtf8String(text)))
                .sequenceNumber();
    }

    private String firstOf(Position position) {
        Log log = subscribe(position);
        log.subscription.request();
        await(() -> !log.texts().isEmpty());
        log.subscription.cancel();
        return log.texts().get(0);
    }

    private Log subscribe(Position position) {
        Log log = new Log();
        log.subscription = api.subscribe(STREAM, consumer, SHARD, position, log);
        subscribed.add(log.subscription);
        return log;
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("Waited for too long");
            }
        }
    }

    /** Remembers what it is told. */
    private static final class Log implements ShardSubscriber {

        private final List<String> told = new ArrayList<>();
        private final List<RecordPage> pages = new ArrayList<>();
        private volatile Throwable error;
        private ShardSubscription subscription;

        @Override
        public synchronized void accepted() {
            told.add("accepted");
        }

        @Override
        public synchronized void received(RecordPage page) {
            told.add("received");
            pages.add(page);
        }

        @Override
        public synchronized void ended(Throwable cause) {
            told.add("ended " + cause);
            error = cause;
        }

        synchronized List<String> told() {
            return List.copyOf(told);
        }

        synchronized List<RecordPage> pages() {
            return List.copyOf(pages);
        }

        List<String> texts() {
            return pages().stream()
                    .flatMap(page -> page.records().stream())
                    .map(record -> new String(record.payloadCopy(), StandardCharsets.UTF_8))
                    .toList();
        }
    }
}
