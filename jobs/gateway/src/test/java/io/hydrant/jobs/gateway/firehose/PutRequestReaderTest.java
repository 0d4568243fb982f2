package io.hydrant.jobs.gateway.firehose;

import io.hydrant.jobs.gateway.api.ServiceError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PutRequestReaderTest {

    @Test
    void readsDataOfEveryLength() {
        Random random = new Random(1);
        List<byte[]> records = new ArrayList<>();
        StringBuilder body = new StringBuilder("{\"DeliveryStreamName\":\"é\",\"Records\":[");
        for (int length = 0; length < 200; length++) {
            byte[] record = new byte[length];
            random.nextBytes(record);
            records.add(record);
            body.append(length == 0 ? "" : " ,\n")
                    .append("{ \"Data\" : \"")
                    .append(Base64.getEncoder().encodeToString(record))
                    .append("\"}");
        }
        body.append("]}");

        PutRequest request = PutRequestReader.readBatch(bytes(body.toString()));

        assertThat(request.deliveryStream()).isEqualTo("é");
        assertThat(request.data()).containsExactlyElementsOf(records);
    }

    /** Some write a slash with a backslash before it, as JSON allows. */
    @ParameterizedTest
    @ValueSource(strings = {"/+8=", "\\/+8=", "\\u002f+8=", "/+8\\u003d", " /+8="})
    void readsDataHoweverJsonWritesIt(String data) {
        assertThat(one(data)).containsExactly(0xff, 0xef);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/+8", "/+8==", "/=+8", "/*8=", "=", "é==="})
    void refusesWhatIsNoBase64(String data) {
        assertThatThrownBy(() -> one(data))
                .isInstanceOf(ServiceError.class)
                .extracting(error -> ((ServiceError) error).type())
                .isEqualTo("SerializationException");
    }

    @Test
    void refusesATextWithoutAnEnd() {
        assertThatThrownBy(() -> PutRequestReader.readOne(bytes("{\"Record\":{\"Data\":\"/+8=")))
                .isInstanceOf(ServiceError.class);
    }

    @Test
    void readsOtherEncodingsOfUnicode() {
        for (Charset charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            byte[] body = "{\"Record\":{\"Data\":\"/+8=\"}}".getBytes(charset);

            assertThat(PutRequestReader.readOne(body).data().get(0)).containsExactly(0xff, 0xef);
        }
    }

    private static byte[] one(String data) {
        return PutRequestReader.readOne(bytes("{\"Record\":{\"Data\":\"" + data + "\"}}"))
                .data()
                .get(0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
