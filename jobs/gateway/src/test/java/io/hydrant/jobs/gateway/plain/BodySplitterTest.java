package io.hydrant.jobs.gateway.plain;

import io.hydrant.jobs.gateway.api.ServiceError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BodySplitterTest {

    @Test
    void aBodyThatIsNotSplitIsOneRecordAsItIs() {
        assertThat(split(Split.NONE, "a\nb\r\n")).containsExactly("1:a\nb\r\n");
    }

    @Test
    void linesKeepTheirNumbersAndLoseTheirEnds() {
        assertThat(split(Split.LINES, "a\r\n\n  \nb\r\r\nc"))
                .containsExactly("1:a", "3:  ", "4:b\r", "5:c");
        assertThat(split(Split.LINES, "a\n")).containsExactly("1:a");
    }

    @Test
    void anArrayIsItsElementsToTheByte() {
        assertThat(
                        split(
                                Split.JSON,
                                " [ {\"a\" : [1, {\"b\":2}]} ,\"ä\\\"]\",-1.50e3 ,null,true,[],1]\n"))
                .containsExactly(
                        "1:{\"a\" : [1, {\"b\":2}]}",
                        "2:\"ä\\\"]\"",
                        "3:-1.50e3",
                        "4:null",
                        "5:true",
                        "6:[]",
                        "7:1");
    }

    @Test
    void oneValueIsOneRecordAndSeveralAreSeveral() {
        assertThat(split(Split.JSON, "{\"a\":1}")).containsExactly("1:{\"a\":1}");
        assertThat(split(Split.JSON, "{\"a\":1}\n{\"a\":2}{\"a\":3} 4 [5]"))
                .containsExactly("1:{\"a\":1}", "2:{\"a\":2}", "3:{\"a\":3}", "4:4", "5:5");
        assertThat(split(Split.JSON, "\uFEFF{\"a\":1}")).containsExactly("1:{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1", "[{\"a\":1}, {\"b\"", "[1,2", "[1 2]", "hello", "[1]]", "\"x"})
    void whatIsNoJsonIsRefusedAsAWhole(String body) {
        assertThatThrownBy(() -> split(Split.JSON, body))
                .isInstanceOf(ServiceError.class)
                .hasMessageContaining("behind record")
                .hasMessageContaining("Nothing of it was put")
                .extracting(error -> ((ServiceError) error).type())
                .isEqualTo("MalformedBody");
    }

    @Test
    void jsonInOtherEncodingsIsRefused() {
        assertThatThrownBy(
                        () ->
                                new BodySplitter(Split.JSON, 10)
                                        .split("[1,2]".getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(ServiceError.class)
                .hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"LINES, ''", "LINES, '\n\r\n'", "JSON, '[]'", "JSON, ' '", "NONE, ''"})
    void aBodyWithoutRecordsIsRefused(Split split, String body) {
        assertThatThrownBy(() -> split(split, body))
                .isInstanceOf(ServiceError.class)
                .hasMessageContaining("no record");
    }

    @Test
    void moreRecordsThanThereMayBeAreRefused() {
        assertThat(split(Split.LINES, "\n" + "x\n".repeat(10))).hasSize(10);
        assertThatThrownBy(() -> split(Split.LINES, "x\n".repeat(11)))
                .isInstanceOf(ServiceError.class)
                .hasMessageContaining("more than 10 records");
    }

    private static List<String> split(Split split, String body) {
        BodyRecords records =
                new BodySplitter(split, 10).split(body.getBytes(StandardCharsets.UTF_8));
        List<String> texts = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < records.count(); i++) {
            byte[] data = records.data(i);
            assertThat(records.size(i)).isEqualTo(data.length);
            bytes += data.length;
            texts.add(records.number(i) + ":" + new String(data, StandardCharsets.UTF_8));
        }
        assertThat(records.bytes()).isEqualTo(bytes);
        return texts;
    }
}
