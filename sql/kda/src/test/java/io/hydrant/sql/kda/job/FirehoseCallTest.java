package io.hydrant.sql.kda.job;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.SignedHttpClient;
import io.hydrant.localstack.fakes.http.FakeServer;
import io.hydrant.localstack.fakes.http.Fault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FirehoseCallTest {

    private final List<Integer> pauses = new ArrayList<>();
    private final FakeFirehose firehose = new FakeFirehose();
    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = FakeServer.start("firehose", 0, firehose);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void putsAgainWhatWasRefusedAndNothingElse() throws Exception {
        put("out", "a", "b later", "c");

        assertThat(firehose.records()).containsExactly("a", "c", "b later");
        assertThat(pauses).containsExactly(1);
    }

    @Test
    void waitsForAServiceThatIsDown() throws Exception {
        server.faults()
                .next(
                        "PutRecordBatch",
                        2,
                        Fault.refuse(503, "ServiceUnavailableException", "down"));

        put("out", "a");

        assertThat(firehose.records()).containsExactly("a");
        assertThat(pauses).containsExactly(1, 2);
    }

    @Test
    void failsTheJobWhereNoRepetitionHelps() {
        assertThatThrownBy(() -> put("other", "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Firehose refuses records for other: ")
                .hasMessageContaining("ResourceNotFoundException");
    }

    @Test
    void leavesOutARecordThatIsTooLargeForTheService() throws Exception {
        put("out", "x".repeat(FirehoseCall.MAX_RECORD + 1), "a");

        assertThat(firehose.records()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
        "400, com.amazonaws.firehose#ResourceNotFoundException, true",
        "400, AccessDeniedException, true",
        "400, com.amazonaws.firehose#LimitExceededException, false",
        "400, ThrottlingException, false",
        "400, ExpiredTokenException, false",
        "500, InternalFailure, false",
        "503, ServiceUnavailableException, false"
    })
    void knowsWhatNoRepetitionMends(int status, String type, boolean isFinal) {
        assertThat(FirehoseCall.isFinal(status, type)).isEqualTo(isFinal);
    }

    private void put(String stream, String... records) throws InterruptedException {
        try (FirehoseCall call =
                new FirehoseCall(
                        stream,
                        SignedHttpClient.of(
                                "firehose",
                                AwsClientConfig.forEndpoint(
                                        server.endpoint(), "us-east-1", "anyone", "anything")),
                        this::pause)) {
            List<byte[]> batch = new ArrayList<>();
            for (String record : records) {
                batch.add(record.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(call.call(batch)).hasSize(batch.size());
        }
    }

    /** A test that waits for ever would say nothing. */
    private void pause(int failures) {
        pauses.add(failures);
        assertThat(pauses).hasSizeLessThan(10);
    }
}
