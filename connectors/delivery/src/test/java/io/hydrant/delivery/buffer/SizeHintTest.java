package io.hydrant.delivery.buffer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SizeHintTest {

    @Test
    void doublesUpToItsBoundWhileTheDestinationFallsBehind() {
        SizeHint hint = new SizeHint(5, 128);
        for (long expected : new long[] {10, 20, 40, 80, 128}) {
            assertThat(hint.judge(true)).isTrue();
            assertThat(hint.bytes()).isEqualTo(expected);
        }
        assertThat(hint.judge(true)).isFalse();
        assertThat(hint.bytes()).isEqualTo(128);
    }

    @Test
    void halvesDownToWhatIsConfiguredOnceTheDestinationKeepsUp() {
        SizeHint hint = new SizeHint(5, 12);
        hint.judge(true);
        hint.judge(true);
        assertThat(hint.bytes()).isEqualTo(12);

        for (long expected : new long[] {6, 5}) {
            assertThat(hint.judge(false)).isFalse();
            assertThat(hint.judge(false)).isFalse();
            assertThat(hint.judge(false)).isTrue();
            assertThat(hint.bytes()).isEqualTo(expected);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(hint.judge(false)).isFalse();
        }
    }

    @Test
    void countsCalmCheckpointsFromTheLastOneThatWaited() {
        SizeHint hint = new SizeHint(5, 100);
        hint.judge(true);
        hint.judge(false);
        hint.judge(false);
        hint.judge(true);
        hint.judge(false);
        hint.judge(false);
        assertThat(hint.bytes()).isEqualTo(20);
        hint.judge(false);
        assertThat(hint.bytes()).isEqualTo(10);
    }

    @Test
    void neverChangesWhereTheBoundIsNoLarger() {
        SizeHint hint = new SizeHint(64, 64);
        assertThat(hint.judge(true)).isFalse();
        assertThat(new SizeHint(64, 1).bytes()).isEqualTo(64);
        assertThat(hint.bytes()).isEqualTo(64);
        assertThat(new SizeHint(Long.MAX_VALUE, 1).judge(true)).isFalse();
    }
}
