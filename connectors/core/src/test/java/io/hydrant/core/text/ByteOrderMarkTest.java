package io.hydrant.core.text;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ByteOrderMarkTest {

    @Test
    void isSkippedOnceAndOnlyBeforeTheText() {
        assertThat(ByteOrderMark.skip("\uFEFF{}")).isEqualTo("{}");
        assertThat(ByteOrderMark.skip("\uFEFF\uFEFFa")).isEqualTo("\uFEFFa");
        assertThat(ByteOrderMark.skip("a\uFEFF")).isEqualTo("a\uFEFF");
        assertThat(ByteOrderMark.skip("")).isEmpty();
    }
}
