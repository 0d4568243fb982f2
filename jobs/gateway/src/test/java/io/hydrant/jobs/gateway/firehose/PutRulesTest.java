package io.hydrant.jobs.gateway.firehose;

import io.hydrant.jobs.gateway.api.ServiceError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PutRulesTest {

    private static final byte[] SMALL = {1};

    static Stream<Arguments> batches() {
        return Stream.of(
                Arguments.of(
                        new PutRequest(null, List.of(SMALL)),
                        "1 validation error detected: Value null at 'deliveryStreamName' failed to"
                                + " satisfy constraint: Member must not be null"),
                Arguments.of(
                        new PutRequest("a b", null),
                        "2 validation errors detected: Value 'a b' at 'deliveryStreamName' failed to"
                                + " satisfy constraint: Member must satisfy regular expression pattern:"
                                + " [a-zA-Z0-9_.-]+; Value null at 'records' failed to satisfy"
                                + " constraint: Member must not be null"),
                Arguments.of(
                        new PutRequest("x".repeat(65), List.of()),
                        "2 validation errors detected: Value '"
                                + "x".repeat(65)
                                + "' at 'deliveryStreamName' failed to satisfy constraint: Member must"
                                + " have length less than or equal to 64; Value '[]' at 'records' failed"
                                + " to satisfy constraint: Member must have length greater than or equal"
                                + " to 1"),
                Arguments.of(
                        new PutRequest("a", Collections.nCopies(501, SMALL)),
                        "1 validation error detected: Value at 'records' failed to satisfy"
                                + " constraint: Member must have length less than or equal to 500"),
                Arguments.of(
                        new PutRequest("a", List.of(SMALL, new byte[1_024_001])),
                        "1 validation error detected: Value of 1024001 bytes at"
                                + " 'records.2.member.data' failed to satisfy constraint: Member must have"
                                + " length less than or equal to 1024000"),
                Arguments.of(
                        new PutRequest("a", Collections.singletonList(null)),
                        "1 validation error detected: Value null at 'records.1.member.data' failed to"
                                + " satisfy constraint: Member must not be null"));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void saysAllThatIsWrongWithABatchAsFirehoseDoes(PutRequest request, String message) {
        ServiceError error =
                catchThrowableOfType(ServiceError.class, () -> PutRules.checkBatch(request));

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.type()).isEqualTo("ValidationException");
        assertThat(error).hasMessage(message);
    }

    @Test
    void aBatchHolds500RecordsAndFourMebibytes() {
        PutRules.checkBatch(new PutRequest("a", Collections.nCopies(500, SMALL)));
        PutRules.checkBatch(new PutRequest("a", Collections.nCopies(4, new byte[1_024_000])));
        PutRules.checkBatch(new PutRequest("a", Collections.nCopies(8, new byte[512 * 1024])));

        ServiceError error =
                catchThrowableOfType(
                        ServiceError.class,
                        () ->
                                PutRules.checkBatch(
                                        new PutRequest(
                                                "a", Collections.nCopies(5, new byte[900_000]))));
        assertThat(error.type()).isEqualTo("InvalidArgumentException");
        assertThat(error).hasMessage("Records size exceeds 4 MB limit");
    }

    @Test
    void aSingleRecordHasTheSameRules() {
        PutRules.checkOne(new PutRequest("a", List.of(new byte[0])));
        ServiceError error =
                catchThrowableOfType(
                        ServiceError.class, () -> PutRules.checkOne(new PutRequest("", null)));
        assertThat(error)
                .hasMessageStartingWith("3 validation errors detected: ")
                .hasMessageContaining("Value null at 'record' failed");
    }

    @Test
    void readsTheNameAndTheDataAndPassesOverTheRest() {
        PutRequest batch =
                PutRequestReader.readBatch(
                        bytes(
                                "{\"New\":{\"a\":[1]},\"Records\":[{\"Data\":\"aGk=\",\"X\":[{}]},{},null],"
                                        + "\"DeliveryStreamName\":\"orders\"}"));
        assertThat(batch.deliveryStream()).isEqualTo("orders");
        assertThat(batch.data()).hasSize(3);
        assertThat(batch.data().get(0)).isEqualTo(bytes("hi"));
        assertThat(batch.data().get(1)).isNull();

        PutRequest one =
                PutRequestReader.readOne(
                        bytes("{\"DeliveryStreamName\":\"a\",\"Record\":{\"Data\":\"\"}}"));
        assertThat(one.data().get(0)).isEmpty();
        assertThat(PutRequestReader.readOne(bytes("{}")).data()).isNull();
    }

    @Test
    void readsNoMoreDataThanABatchMayHave() {
        String record = "{\"Data\":\"" + Base64.getEncoder().encodeToString(new byte[100]) + "\"}";
        String body = "{\"Records\":[" + String.join(",", Collections.nCopies(900, record)) + "]}";

        assertThat(PutRequestReader.readBatch(bytes(body)).data()).hasSize(501);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} {}",
                "{\"Records\":{}}",
                "{\"Records\":[1]}",
                "{\"Records\":[{\"Data\":1}]}",
                "{\"Records\":[{\"Data\":\"a\"}]}",
                "{\"Records\":[{\"Data\":\"a*==\"}]}",
                "{\"Records\":[",
                "{\"DeliveryStreamName\":1}"
            })
    void whatIsNoRequestIsASerializationError(String body) {
        ServiceError error =
                catchThrowableOfType(
                        ServiceError.class, () -> PutRequestReader.readBatch(bytes(body)));

        assertThat(error.type()).isEqualTo("SerializationException");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
