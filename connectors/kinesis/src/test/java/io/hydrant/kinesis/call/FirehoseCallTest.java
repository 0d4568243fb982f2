package io.hydrant.kinesis.call;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.SignedHttpClient;
import io.hydrant.localstack.fakes.firehose.FakeFirehose;
import io.hydrant.localstack.fakes.http.Fault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FirehoseCallTest {

    private final List<Integer> pauses = new ArrayList<>();
    private FakeFirehose firehose;

    @BeforeEach
    void start() throws IOException {
        firehose = FakeFirehose.start();
        firehose.create("out");
    }

    @AfterEach
    void stop() {
        firehose.close();
    }

    @Test
    void putsAgainWhatWasRefusedAndNothingElse() throws Exception {
        firehose.refuseOnce("b");

        put("out", "a", "b", "c");

        assertThat(taken()).containsExactly("a", "c", "b");
        assertThat(pauses).containsExactly(1);
    }

    @Test
    void waitsForAServiceThatIsDown() throws Exception {
        firehose.faults()
                .next(
                        "PutRecordBatch",
                        2,
                        Fault.refuse(503, "ServiceUnavailableException", "down"));

        put("out", "a");

        assertThat(taken()).containsExactly("a");
        assertThat(pauses).containsExactly(1, 2);
    }

    @Test
    void putsAgainWhereTheAnswerIsLostAndDoublesWhatWasThere() throws Exception {
        firehose.faults().after("PutRecordBatch", 0, 1, Fault.dropAnswer());

        put("out", "a", "b");

        assertThat(taken()).containsExactly("a", "b", "a", "b");
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

        assertThat(taken()).containsExactly("a");
    }

    @Test
    void aFullBatchIsNotTooLargeForTheService() throws Exception {
        int bytes = FirehoseCall.MAX_BYTES / FirehoseCall.MAX_RECORDS - 16;

        put(
                "out",
                Collections.nCopies(FirehoseCall.MAX_RECORDS, "x".repeat(bytes))
                        .toArray(String[]::new));

        assertThat(taken()).hasSize(FirehoseCall.MAX_RECORDS);
        assertThat(pauses).isEmpty();
    }

    @Test
    void joinsLinesAndPutsThemInAsManyCallsAsTheyNeed() throws Exception {
        putJoined(8, Collections.nCopies(2_500, "abc\n").toArray(String[]::new));

        assertThat(taken()).hasSize(1_250).containsOnly("abc\nabc\n");
        assertThat(firehose.log().count("PutRecordBatch")).isEqualTo(3);
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"RequestResponses\": [{\"RecordId\": \"a\"}, {\"ErrorCode\": \"x\"}, {\"RecordId\": \"c\"}]} | {0, 2} | ''",
                "{\"Encrypted\": false, \"RequestResponses\": [{\"RecordId\": null}, {\"More\": {\"RecordId\": 1}}]} | {} | ''",
                "{\"__type\": \"ThrottlingException\", \"message\": \"slow\"} | {} | ThrottlingException",
                "{\"RequestResponses\": [{\"RecordId\": \"a\"} | {} | ''",
                "<html> | {} | ''",
                "'' | {} | ''",
            })
    void countsNothingAsTakenThatTheAnswerDoesNotName(String body, String taken, String type) {
        FirehoseAnswer answer = FirehoseAnswer.read(body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.taken()).hasToString(taken);
        assertThat(answer.errorType()).isEqualTo(type);
    }

    private List<String> taken() {
        return firehose.records("out").stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    private void put(String stream, String... records) throws InterruptedException {
        put(stream, 0, records);
    }

    private void putJoined(int bytes, String... records) throws InterruptedException {
        put("out", bytes, records);
    }

    private void put(String stream, int joinedBytes, String... records)
            throws InterruptedException {
        try (FirehoseCall call =
                new FirehoseCall(
                        stream,
                        SignedHttpClient.of(
                                "firehose",
                                AwsClientConfig.forEndpoint(
                                        firehose.endpoint(), "us-east-1", "anyone", "anything")),
                        this::pause,
                        joinedBytes)) {
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
