package io.hydrant.kinesis.call;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LineJoinerTest {

    @Test
    void neighboursShareARecordUpToItsSize() {
        assertThat(join(6, "a\n", "b\n", "c\n", "d\n", "e\n"))
                .containsExactly("a\nb\nc\n", "d\ne\n");
        assertThat(join(5, "a\n", "b\n", "c\n")).containsExactly("a\nb\n", "c\n");
    }

    @Test
    void whatIsLargerAlreadyStaysAsItIs() {
        assertThat(join(4, "a\n", "larger\n", "b\n", "c\n"))
                .containsExactly("a\n", "larger\n", "b\nc\n");
    }

    @Test
    void nothingStandsBehindARecordWithoutALineFeed() {
        assertThat(join(100, "a\n", "b", "c\n", "d")).containsExactly("a\nb", "c\nd");
    }

    @Test
    void ofNothingComesNothing() {
        assertThat(join(100)).isEmpty();
    }

    private static List<String> join(int bytes, String... records) {
        return LineJoiner.join(
                        Arrays.stream(records)
                                .map(record -> record.getBytes(StandardCharsets.UTF_8))
                                .toList(),
                        bytes)
                .stream()
                .map(record -> new String(record, StandardCharsets.UTF_8))
                .toList();
    }
}
