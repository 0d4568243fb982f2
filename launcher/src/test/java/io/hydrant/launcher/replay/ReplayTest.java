package io.hydrant.launcher.replay;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplayTest {

    private static final Instant FIRST = Instant.parse("2013-01-01T10:00:00Z");

    private final List<ReplayStatus> told = Collections.synchronizedList(new ArrayList<>());
    private FakeKinesis kinesis;
    private AwsClientConfig config;

    @BeforeEach
    void startKinesis() throws IOException {
        kinesis = FakeKinesis.start();
        config = AwsClientConfig.forEndpoint(kinesis.endpoint(), "us-east-1", "test", "test");
    }

    @AfterEach
    void endKinesis() {
        kinesis.close();
    }

    @Test
    void putsEveryRecordAndTellsTheEnd() throws Exception {
        try (BatchPutter putter = StreamPutters.open(config, "flights", 2)) {
            ReplayStatus end = replay(putter, ReplayPace.AS_FAST_AS_IT_GOES, 3000);

            assertThat(end.records()).isEqualTo(3000);
            assertThat(end.total()).isEqualTo(3000);
            assertThat(end.lag()).isZero();
            assertThat(end.eventTime()).isEqualTo(FIRST.plusSeconds(2999));
            assertThat(told).endsWith(end);
            assertThat(putter.stats().kinesisRecords()).isLessThan(100);
        }
    }

    @Test
    void countsOnlyWhatItPutItself() throws Exception {
        try (BatchPutter putter = StreamPutters.open(config, "flights", 1)) {
            replay(putter, ReplayPace.AS_FAST_AS_IT_GOES, 5);

            assertThat(replay(putter, ReplayPace.AS_FAST_AS_IT_GOES, 7).records()).isEqualTo(7);
        }
    }

    @Test
    void putsAgainWhatWasThrottledAndSaysSo() throws Exception {
        try (BatchPutter putter = StreamPutters.open(config, "flights", 1)) {
            kinesis.rejectRecords(2, "ProvisionedThroughputExceededException", key -> true);

            ReplayStatus end = replay(putter, ReplayPace.AS_FAST_AS_IT_GOES, 400);

            assertThat(end.records()).isEqualTo(400);
            assertThat(end.throttled()).isPositive();
        }
    }

    @Test
    void isNotDoneBeforeTheLastRecordIsDue() throws Exception {
        try (BatchPutter putter = StreamPutters.open(config, "flights", 1)) {
            ReplayStatus end = replay(putter, ReplayPace.rate(50), 6);

            assertThat(end.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    @Test
    void wantsTheStreamToExistUnlessItMayMakeIt() {
        assertThatThrownBy(() -> StreamPutters.open(config, "flights", 0))
                .isInstanceOf(IOException.class)
                .hasMessage("The stream flights does not exist; --shards 2 would make it");
    }

    private ReplayStatus replay(BatchPutter putter, ReplayPace pace, int count) throws Exception {
        return Replay.run(
                putter,
                pace,
                IntStream.range(0, count).mapToObj(ReplayTest::record).iterator(),
                count,
                told::add);
    }

    private static ReplayRecord record(int number) {
        return new ReplayRecord(
                FIRST.plusSeconds(number),
                "UA/" + number % 10 + "/EWR",
                ("{\"number\":" + number + "}").getBytes(StandardCharsets.UTF_8));
    }
}
