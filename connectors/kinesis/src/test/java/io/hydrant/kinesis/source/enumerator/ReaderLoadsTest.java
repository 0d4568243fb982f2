package io.hydrant.kinesis.source.enumerator;

import org.junit.jupiter.api.Test;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class ReaderLoadsTest {

    private final ReaderLoads loads = new ReaderLoads();

    @Test
    void plansEvenlyForReadersThatAreNotUpYet() {
        loads.started(1, Set.of());

        assertThat(loads.ownerOf("s/a", 3)).isEqualTo(0);
        assertThat(loads.ownerOf("s/b", 3)).isEqualTo(1);
        assertThat(loads.ownerOf("s/c", 3)).isEqualTo(2);
        assertThat(loads.ownerOf("s/d", 3)).isEqualTo(0);
        assertThat(loads.ownerOf("s/b", 3)).isEqualTo(1);
    }

    @Test
    void givesTheNextShardToWhoReadsFewest() {
        loads.started(0, Set.of("s/a", "s/b"));
        loads.started(1, Set.of("s/c"));

        assertThat(loads.ownerOf("s/d", 2)).isEqualTo(1);
        loads.assigned("s/d", 1);
        assertThat(loads.ownerOf("s/e", 2)).isEqualTo(0);
        loads.assigned("s/e", 0);
        loads.released("s/c", 1);
        assertThat(loads.ownerOf("s/f", 2)).isEqualTo(1);
    }

    @Test
    void knowsWhoIsUp() {
        loads.started(0, Set.of());
        assertThat(loads.allUp(2)).isFalse();
        loads.started(1, Set.of());
        assertThat(loads.allUp(2)).isTrue();
        loads.stopped(0);
        assertThat(loads.isUp(0)).isFalse();
        assertThat(loads.isUp(1)).isTrue();
    }
}
