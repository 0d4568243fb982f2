package io.hydrant.jobs.gateway.limits;

import io.hydrant.jobs.gateway.auth.Client;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

class ClientLimitsTest {

    private static final Client A = new Client("a", "AKIDA", "s", null, null);
    private static final Client B = new Client("b", "AKIDB", "s", null, null);

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void eachClientHasARateOfItsOwn() {
        ClientLimits limits = limits(3L, null, null);
        for (int i = 0; i < 3; i++) {
            assertThat(limits.takesRequest(A)).isTrue();
        }

        assertThat(limits.takesRequest(A)).isFalse();
        assertThat(limits.takesRequest(B)).isTrue();

        later(333);
        assertThat(limits.takesRequest(A)).isFalse();
        later(1);
        assertThat(limits.takesRequest(A)).isTrue();
        assertThat(limits.takesRequest(A)).isFalse();

        later(60_000);
        for (int i = 0; i < 3; i++) {
            assertThat(limits.takesRequest(A)).as("no more than a second's worth").isTrue();
        }
        assertThat(limits.takesRequest(A)).isFalse();
    }

    @Test
    void aRecordLargerThanTheRatePassesOnceInAWhile() {
        ClientLimits limits = limits(null, null, 100L);

        assertThat(limits.takesRecord(A, 300)).isTrue();
        later(2_999);
        assertThat(limits.takesRecord(A, 300)).isFalse();
        later(1);
        assertThat(limits.takesRecord(A, 300)).isTrue();
    }

    @Test
    void whoWaitsAsLongAsItSaysIsTaken() {
        ClientLimits limits = limits(2L, 10L, 100L);
        assertThat(limits.untilRequest(A)).isZero();
        assertThat(limits.untilRecords(A, 5, 300)).as("the bucket is full").isZero();
        limits.takesRequest(A);
        limits.takesRequest(A);
        limits.takesRecords(A, 5, 300);

        assertThat(limits.untilRequest(A)).isEqualTo(Duration.ofMillis(500));
        assertThat(limits.untilRecords(A, 10, 0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(limits.untilRecords(A, 1, 50)).isEqualTo(Duration.ofMillis(2_500));

        later(1_500);
        assertThat(limits.untilRecords(A, 1, 50)).isEqualTo(Duration.ofSeconds(1));
        later(999);
        assertThat(limits.takesRecords(A, 1, 50)).isFalse();
        later(1);
        assertThat(limits.takesRecords(A, 1, 50)).isTrue();
    }

    @Test
    void whatTheBytesTurnAwayDoesNotCountAsRecords() {
        ClientLimits limits = limits(null, 2L, 100L);

        assertThat(limits.takesRecord(A, 90)).isTrue();
        assertThat(limits.takesRecord(A, 90)).isFalse();
        assertThat(limits.takesRecord(A, 10)).isTrue();
        assertThat(limits.takesRecord(A, 0)).isFalse();
    }

    @Test
    void withoutRatesEverythingPasses() {
        ClientLimits limits = limits(null, null, null);

        assertThat(limits.takesRequest(A)).isTrue();
        assertThat(limits.takesRecords(A, Integer.MAX_VALUE, Long.MAX_VALUE)).isTrue();
    }

    private ClientLimits limits(Long requests, Long records, Long bytes) {
        return new ClientLimits(new ClientLimits.Rates(requests, records, bytes), nanos::get);
    }

    private void later(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }
}
