package io.hydrant.jobs.gateway.plain;

import io.hydrant.jobs.gateway.api.ServiceError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlainRequestTest {

    private static final String CONTENT_TYPE = "Content-Type";

    @ParameterizedTest
    @CsvSource({
        "application/json, JSON",
        "application/json; charset=utf-8, JSON",
        "Application/JSON, JSON",
        "application/cloudevents-batch+json, JSON",
        "application/x-ndjson, LINES",
        "application/jsonl;charset=UTF-8, LINES",
        "application/x-www-form-urlencoded, NONE",
        "text/plain; charset=iso-8859-1, NONE",
    })
    void theContentTypeSaysHowTheBodyIsSplit(String contentType, Split split) {
        assertThat(PlainRequest.of(Head.post("/streams/a", CONTENT_TYPE, contentType)).split())
                .isEqualTo(split);
    }

    @Test
    void theUrlSaysItOverTheContentType() {
        PlainRequest request =
                PlainRequest.of(
                        Head.post(
                                "/deliverystreams/a.b-c?split=lines&",
                                CONTENT_TYPE,
                                "application/json",
                                "Content-Encoding",
                                "GZIP"));

        assertThat(request.isDeliveryStream()).isTrue();
        assertThat(request.stream()).isEqualTo("a.b-c");
        assertThat(request.split()).isEqualTo(Split.LINES);
        assertThat(request.isGzip()).isTrue();
        assertThat(PlainRequest.of(Head.post("/streams/a")).split()).isEqualTo(Split.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "split=line, split is 'line'",
        "spilt=lines, 'spilt' is no parameter",
        "split=none&split=none, split is there twice",
        "partition-key=a&partition-key-field=b, Give one of",
        "partition-key=, has 0 characters",
        "partition-key-field, partition-key-field is empty",
        "partition-key-header=X-Absent, no header 'X-Absent'",
        "partition-key-header=, no header ''",
        "split=%zz, percent-encoded"
    })
    void whatTheUrlCannotSayIsRefused(String query, String message) {
        assertThatThrownBy(() -> PlainRequest.of(Head.post("/streams/a?" + query)))
                .isInstanceOf(ServiceError.class)
                .hasMessageContaining(message)
                .extracting(error -> ((ServiceError) error).status())
                .isEqualTo(400);
    }

    @Test
    void whatIsNotUnderstoodIsRefusedAsSuch() {
        assertThatThrownBy(
                        () -> PlainRequest.of(Head.post("/streams/a", "Content-Encoding", "zstd")))
                .isInstanceOf(ServiceError.class)
                .hasMessageContaining("'zstd'")
                .extracting(error -> ((ServiceError) error).status())
                .isEqualTo(415);
        for (String contentType :
                new String[] {
                    "multipart/form-data; boundary=x", "application/json;charset=utf-16"
                }) {
            assertThatThrownBy(
                            () ->
                                    PlainRequest.of(
                                            Head.post("/streams/a", CONTENT_TYPE, contentType)))
                    .isInstanceOf(ServiceError.class)
                    .hasMessageContaining("split=none")
                    .extracting(error -> ((ServiceError) error).status())
                    .isEqualTo(415);
            assertThat(
                            PlainRequest.of(
                                            Head.post(
                                                    "/streams/a?split=none",
                                                    CONTENT_TYPE,
                                                    contentType))
                                    .split())
                    .isEqualTo(Split.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/streams",
                "/streams/",
                "/streams/a/b",
                "/streams/a%2fb",
                "/favicon.ico",
                "",
                "*"
            })
    void otherPathsAreUnknown(String uri) {
        assertThat(PlainRequest.routeProblem(Head.post(uri)).status()).isEqualTo(404);
    }

    @Test
    void otherMethodsAreNotAllowed() {
        ServiceError problem = PlainRequest.routeProblem(Head.of("GET", "/streams/a"));

        assertThat(problem.status()).isEqualTo(405);
        assertThat(problem.answer(Head.of("GET", "/streams/a")).headers())
                .containsEntry("Allow", "POST");
        assertThat(PlainRequest.routeProblem(Head.post("/streams/a?split=none"))).isNull();
    }

    @Test
    void keysComeFromTheUrlAHeaderOrAField() {
        assertThat(keys("partition-key=a%20b", "{}")).isEqualTo("a b");
        assertThat(keys("partition-key-header=x-event", "{}")).isEqualTo("push");
        assertThat(keys("partition-key-field=id", "{\"id\":7}")).isEqualTo("7");
        assertThat(keys("partition-key-field=/user/id", "{\"user\":{\"id\":\"u\"}}"))
                .isEqualTo("u");
        assertThat(keys("partition-key-field=a.b", "{\"a.b\":true}")).isEqualTo("true");
        assertThat(keys("", "{}")).isNull();
    }

    @Test
    void recordsWithoutTheFieldAreNamed() {
        String longKey = "x".repeat(257);
        String body =
                "{\"id\":1}\n\n{\"id\":null}\n{\"id\":{}}\n{\"other\":1}\n{\"id\":2}\nno json\n{\"id\":\""
                        + longKey
                        + "\"}\n{\"id\":\"\"}\n{\"id\":3}\n1";

        assertThatThrownBy(() -> keys("split=lines&partition-key-field=id", body))
                .isInstanceOf(ServiceError.class)
                .hasMessageContaining("at /id: 3-5, 7-9, 11.");
        assertThatThrownBy(() -> keys("partition-key=" + longKey, ""))
                .isInstanceOf(ServiceError.class)
                .hasMessageContaining("257 characters");
    }

    private static String keys(String query, String body) {
        PlainRequest request = PlainRequest.of(Head.post("/streams/a?" + query, "X-Event", "push"));
        return request.keys()
                .of(
                        new BodySplitter(request.split(), 100)
                                .split(body.getBytes(StandardCharsets.UTF_8)))
                .get(0);
    }
}
