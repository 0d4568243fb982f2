package io.hydrant.delivery.deadletter;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.RecordIdentity;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.RouteText;
import io.hydrant.delivery.buffer.GrowingBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeadLetterReaderTest {

    private static final String OBJECT = "s3://lake/errors/processing-failed/o-1";
    private static final long WRITTEN = 1_700_000_000_000L;

    @Test
    void readsWhatHydrantWroteWithItsIdentityAndItsPart() throws IOException {
        byte[] payload = {0, '"', '\n', -1, 7};
        Envelope record = new Envelope("orders", "shardId-3", "4959", 7, "key", 123, payload, 0, 5);
        Failure failure = new Failure(ErrorOutputType.PROCESSING_FAILED, "Code", "message", 4, 456);
        GrowingBytes out = new GrowingBytes(0);
        new DeadLetterFormat().encode(record, failure, out);
        new DeadLetterFormat().encode(record, Part.of(2, false), failure, out);
        String route = RouteText.of(Map.of("destinationTableName", "a\"b", "operation", "delete"));
        new DeadLetterFormat().encode(record, Part.WHOLE, failure, route, out);
        new DeadLetterFormat().encode(record, Part.WHOLE, failure, "a/prefix/", out);

        assertThat(read(out.toByteArray()))
                .containsExactly(
                        new DeadLetter(record, Part.WHOLE, ""),
                        new DeadLetter(record, Part.of(2, false), ""),
                        new DeadLetter(record, Part.WHOLE, route),
                        new DeadLetter(record, Part.WHOLE, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Handle failure in data transformation
                """
                {"attemptsMade":4,"arrivalTimestamp":1510254473773,"errorCode":"Lambda.FunctionTimedOut",
                 "errorMessage":"…","attemptEndingTimestamp":1510254474010,"rawData":"aGk=",
                 "lambdaArn":"arn:aws:lambda:eu-west-1:111122223333:function:f"}""",
                // Record format conversion error handling
                """
                {"attemptsMade":1,"arrivalTimestamp":1510254473773,"lastErrorCode":"X","lastErrorMessage":"…",
                 "attemptEndingTimestamp":1,"rawData":"aGk=","sequenceNumber":"4959","subSequenceNumber":null,
                 "dataCatalogTable":{"catalogId":null,"databaseName":"d","tableName":"t","region":"r",
                 "versionId":"1","catalogArn":null}}""",
                // Handle data delivery failures: OpenSearch, Splunk, HTTP endpoint
                """
                {"attemptsMade":1,"arrivalTimestamp":"1510254473773","errorCode":"403","errorMessage":"…",
                 "attemptEndingTimestamp":1,"rawData":"aGk=","subsequenceNumber":0,"esDocumentId":"1",
                 "esIndexName":"i","esTypeName":"t","EventId":"e","dataId":"d"}"""
            })
    void readsTheDocumentedShapesOfFirehose(String line) throws IOException {
        DeadLetter letter = read(line.getBytes(StandardCharsets.UTF_8)).get(0);

        assertThat(letter.record().payloadCopy()).isEqualTo(new byte[] {'h', 'i'});
        assertThat(letter.record().arrivalMillis()).isEqualTo(1_510_254_473_773L);
        assertThat(letter.record().identity()).isEqualTo(new RecordIdentity(OBJECT, "", "1", 0));
        assertThat(letter.part()).isEqualTo(Part.WHOLE);
    }

    /** What others write there is no reason not to have the record back. */
    @ParameterizedTest
    @ValueSource(
            strings = {"null", "7", "[1]", "{\"destinationTableName\":7}", "{\"x\":{\"y\":1}}"})
    void readsPastATableThatIsNone(String metadata) throws IOException {
        String line = "{\"rawData\":\"aGk=\",\"otfMetadata\":" + metadata + "}";

        assertThat(read((line + line).getBytes(StandardCharsets.UTF_8)))
                .extracting(DeadLetter::route)
                .containsExactly("", "");
    }

    @Test
    void readsRecordsThatStandEndToEndAndNumbersThoseWithoutIdentity() throws IOException {
        List<DeadLetter> letters =
                read(
                        "{\"rawData\":\"\"}{\"rawData\":\"\"}\n\n{\"rawData\":\"\"}"
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(letters)
                .extracting(letter -> letter.record().sequence())
                .containsExactly("1", "2", "3");
        assertThat(letters.get(0).record().arrivalMillis()).isEqualTo(WRITTEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"errorCode\":\"x\"}                             | it has no rawData",
                "{\"entries\":[{\"url\":\"s3://b/k\",\"mandatory\":true}]} | it is a manifest of Redshift, which COPY reads",
                "{\"rawData\":7}                                   | its rawData is no text",
                "{\"rawData\":\"%%%\"}                             | its rawData is not base64",
                "{\"rawData\":\"\",\"arrivalTimestamp\":\"noon\"}   | its arrivalTimestamp is no whole number",
                "{\"rawData\":\"\",\"arrivalTimestamp\":-5}         | its arrivalTimestamp is no whole number",
                "{\"rawData\":\"\",\"part\":4294967296}             | its part is too large",
                "[1]                                             | it is no JSON object",
                "a,b,c                                           | it is not JSON as error records are",
                "{\"rawData\":\"aGk=                              | its rawData is not base64, or is cut off",
            })
    void saysWhichRecordCannotBeRead(String line, String reason) {
        byte[] content = ("{\"rawData\":\"\"}\n" + line).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> read(content))
                .isInstanceOf(UnreadableDeadLetterException.class)
                .hasMessageStartingWith(OBJECT + ", record 2: ")
                .hasMessageContaining(reason);
    }

    private static List<DeadLetter> read(byte[] content) throws IOException {
        List<DeadLetter> letters = new ArrayList<>();
        try (DeadLetterReader reader =
                new DeadLetterReader(new ByteArrayInputStream(content), OBJECT, WRITTEN)) {
            for (DeadLetter letter = reader.next(); letter != null; letter = reader.next()) {
                letters.add(letter);
            }
        }
        return letters;
    }
}
