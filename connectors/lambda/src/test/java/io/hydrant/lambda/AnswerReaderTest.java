package io.hydrant.lambda;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.RouteText;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.processing.TransformResult;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerReaderTest {

    private static final String ARN = "arn:aws:lambda:eu-west-1:111122223333:function:enrich";
    private static final FailedRecord FAILED = new FailedRecord(2, 1_382L, ARN);
    private static final Envelope RECORD =
            new Envelope("s", "shard-0", "49", 0, "k", 7, bytes("came"), 0, 4);
    private static final List<BatchItem> BATCH =
            List.of(BatchItem.at(0, RECORD), BatchItem.at(1, RECORD));

    private final AnswerReader strict = new AnswerReader(false, false);
    private final AnswerReader several = new AnswerReader(true, false);

    @Test
    void givesEveryRecordItsResultWhateverTheOrderOfTheAnswer() {
        List<TransformResult> results =
                read(
                        strict,
                        """
                        {"records": [
                            {"recordId": "49000001", "result": "Dropped"},
                            {"recordId": "49000000", "result": "Ok", "data": "bmV3"}]}
                        """);

        assertThat(results)
                .containsExactly(
                        TransformResult.kept(RECORD.withPayload(bytes("new"))),
                        TransformResult.DROPPED);
    }

    @Test
    void takesPartitionKeysFromTheMetadata() {
        List<TransformResult> results =
                read(
                        strict,
                        """
                        {"records": [
                            {"recordId": "49000000", "result": "Ok", "data": "",
                             "metadata": {"partitionKeys": {"customer": "7", "year": 2026, "no": null},
                                          "otfMetadata": {"operation": "insert"}}},
                            {"recordId": "49000001", "result": "Ok", "data": "", "metadata": null}]}
                        """);

        assertThat(results.get(0).kept().get(0).partitionKeys())
                .isEqualTo(Map.of("customer", "7", "year", "2026"));
        assertThat(results.get(1).kept().get(0).partitionKeys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"destinationDatabaseName\": \"d\", \"destinationTableName\": \"t\", \"operation\": \"delete\"}",
                "{}",
                "null",
                "7"
            })
    void readsPastTheTableOfARecordSinceS3HasNone(String otfMetadata) {
        List<TransformResult> results =
                read(
                        strict,
                        """
                        {"records": [
                            {"recordId": "49000000", "result": "Ok", "data": "bmV3",
                             "metadata": {"partitionKeys": {"k": "v"}, "otfMetadata": %s}}]}
                        """
                                .formatted(otfMetadata));

        assertThat(results.get(0))
                .isEqualTo(
                        TransformResult.kept(RECORD.withPayload(bytes("new")), Map.of("k", "v")));
    }

    @Test
    void takesTheTableOfARecordWhereThereAreTables() {
        List<TransformResult> results =
                read(
                        new AnswerReader(false, true),
                        """
                        {"records": [
                            {"recordId": "49000000", "result": "Ok", "data": "",
                             "metadata": {"otfMetadata": {"destinationDatabaseName": "d",
                                "destinationTableName": "t", "operation": null, "other": 1}}},
                            {"recordId": "49000001", "result": "Ok", "data": "", "metadata": {}}]}
                        """);

        assertThat(RouteText.values(results.get(0).kept().get(0).route()))
                .isEqualTo(Map.of("destinationDatabaseName", "d", "destinationTableName", "t"));
        assertThat(results.get(1).kept().get(0).route()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "{\"destinationTableName\": {\"a\": 1}}"})
    void aTableThatIsNoTextFailsTheRecordWhereThereAreTables(String otfMetadata) {
        List<TransformResult> results =
                read(
                        new AnswerReader(false, true),
                        """
                        {"records": [
                            {"recordId": "49000000", "result": "Ok", "data": "bmV3",
                             "metadata": {"otfMetadata": %s}}]}
                        """
                                .formatted(otfMetadata));

        assertThat(results.get(0).failure().code()).isEqualTo("Lambda.JsonMappingException");
        assertThat(results.get(0).failure().message()).contains("otfMetadata");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"result\":\"Ok\",\"data\":\"bmV3\"}` | Lambda.MissingRecordId | The answer holds no result with the recordId 49000000",
                "`{\"recordId\":\"49000009\",\"result\":\"Ok\",\"data\":\"bmV3\"}` | Lambda.MissingRecordId | The answer holds no result with the recordId 49000000",
                "`{\"recordId\":49000000,\"result\":\"Ok\",\"data\":\"bmV3\"}` | Lambda.MissingRecordId | The answer holds no result with the recordId 49000000",
                "`{\"recordId\":\"49000000\",\"result\":\"Ok\",\"data\":\"bmV3\"},{\"recordId\":\"49000000\",\"result\":\"Ok\",\"data\":\"bmV3\"}` | Lambda.DuplicatedRecordId | The answer holds 2 results with the recordId 49000000",
                "`{\"recordId\":\"49000000\",\"result\":\"ProcessingFailed\",\"data\":\"bmV3\"}` | Lambda.FunctionError | The function answered ProcessingFailed for the record",
                "`{\"recordId\":\"49000000\",\"result\":\"OK\",\"data\":\"bmV3\"}` | Lambda.FunctionError | The function answered the result \"OK\"; Ok, Dropped or ProcessingFailed is allowed",
                "`{\"recordId\":\"49000000\",\"data\":\"bmV3\"}` | Lambda.FunctionError | The function answered the result ; Ok, Dropped or ProcessingFailed is allowed",
                "`{\"recordId\":\"49000000\",\"result\":\"Ok\"}` | Lambda.JsonMappingException | The result has no text 'data'",
                "`{\"recordId\":\"49000000\",\"result\":\"Ok\",\"data\":{}}` | Lambda.JsonMappingException | The result has no text 'data'",
                "`{\"recordId\":\"49000000\",\"result\":\"Ok\",\"data\":\"not base64!\"}` | Lambda.JsonMappingException | The result's data is not base64: Illegal base64 character 20",
                "`{\"recordId\":\"49000000\",\"result\":\"Ok\",\"data\":\"\",\"metadata\":7}` | Lambda.JsonMappingException | The result's metadata.partitionKeys are no object of texts",
                "`{\"recordId\":\"49000000\",\"result\":\"Ok\",\"data\":\"\",\"metadata\":{\"partitionKeys\":[]}}` | Lambda.JsonMappingException | The result's metadata.partitionKeys are no object of texts",
                "`{\"recordId\":\"49000000\",\"result\":\"Ok\",\"data\":\"\",\"metadata\":{\"partitionKeys\":{\"a\":[]}}}` | Lambda.JsonMappingException | The result's metadata.partitionKeys.a is no text",
            })
    void failsTheRecordWhoseResultIsWrongAndNoOther(String result, String code, String message) {
        List<TransformResult> results =
                read(
                        strict,
                        "{\"records\":["
                                + result
                                + ",{\"recordId\":\"49000001\",\"result\":\"Ok\",\"data\":\"\"}]}");

        assertThat(results.get(0)).isEqualTo(failed(code, message));
        assertThat(results.get(1).failure()).isNull();
    }

    @ParameterizedTest(name = "answer {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | The answer is no object with an array 'records'",
                "null | The answer is no object with an array 'records'",
                "`\"ok\"` | The answer is no object with an array 'records'",
                "[] | The answer is no object with an array 'records'",
                "{} | The answer is no object with an array 'records'",
                "`{\"records\": {}}` | The answer is no object with an array 'records'",
                "`{\"records\": [` | The answer is no JSON: Unexpected end-of-input:",
            })
    void anAnswerThatCannotBeReadFailsAll(String answer, String message) {
        List<TransformResult> results = read(strict, answer);

        assertThat(results).hasSize(2);
        assertThat(results)
                .allSatisfy(
                        result -> {
                            assertThat(result.failure().code())
                                    .isEqualTo("Lambda.JsonProcessingException");
                            assertThat(result.failure().message()).startsWith(message);
                        });
    }

    @Test
    void makesSeveralRecordsOfOneWhereThatIsAskedFor() {
        List<TransformResult> results =
                read(
                        several,
                        """
                        {"records": [
                            {"recordId": "49000000", "result": "Ok", "data": "YQ=="},
                            {"recordId": "49000000", "result": "Dropped"},
                            {"recordId": "49000000", "result": "Ok", "data": "Yg==",
                             "metadata": {"partitionKeys": {"k": "v"}}},
                            {"recordId": "49000001", "result": "Ok", "data": "Yw=="},
                            {"recordId": "49000001", "result": "ProcessingFailed"}]}
                        """);

        assertThat(results)
                .containsExactly(
                        new TransformResult(
                                List.of(
                                        new TransformResult.Kept(
                                                RECORD.withPayload(bytes("a")), Map.of()),
                                        new TransformResult.Kept(
                                                RECORD.withPayload(bytes("b")), Map.of("k", "v"))),
                                null),
                        failed(
                                "Lambda.FunctionError",
                                "The function answered ProcessingFailed for the record"));
    }

    @Test
    void shortensLongMessages() {
        String message = FAILED.because("c", "x".repeat(5_000)).failure().message();

        assertThat(message).hasSize(1_001).endsWith("x…");
    }

    private static TransformResult failed(String code, String message) {
        return TransformResult.failed(
                new Failure(
                        ErrorOutputType.PROCESSING_FAILED,
                        code,
                        message,
                        2,
                        1_382L,
                        Map.of("lambdaArn", ARN)));
    }

    private static List<TransformResult> read(AnswerReader reader, String answer) {
        return reader.read(bytes(answer), BATCH, FAILED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
