package io.hydrant.delivery.json;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExpectedTextTest {

    private static final int LONGEST = 20;

    @Test
    void knowsTextsOfEveryLengthAndSeesEveryByteThatDiffers() {
        for (int length = 0; length <= LONGEST; length++) {
            byte[] text = text(length);
            for (int from = 0; from < LONGEST; from++) {
                byte[] bytes = new byte[from + length];
                System.arraycopy(text, 0, bytes, from, length);
                assertThat(ExpectedText.isAt(bytes, from, text)).isTrue();
                for (int wrong = from; wrong < from + length; wrong++) {
                    bytes[wrong]++;
                    assertThat(ExpectedText.isAt(bytes, from, text))
                            .as("%d bytes, another at %d", length, wrong - from)
                            .isFalse();
                    bytes[wrong]--;
                }
            }
        }
    }

    @Test
    void takesNoNoticeOfWhatLiesAround() {
        for (int length = 0; length <= LONGEST; length++) {
            byte[] bytes = new byte[length + 2];
            System.arraycopy(text(length), 0, bytes, 1, length);
            bytes[0] = '"';
            bytes[length + 1] = '"';
            assertThat(ExpectedText.isAt(bytes, 1, text(length))).isTrue();
        }
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + i);
        }
        return text;
    }
}
