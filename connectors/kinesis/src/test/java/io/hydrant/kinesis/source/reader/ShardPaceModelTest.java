package io.hydrant.kinesis.source.reader;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the pace against a model of a shard's limits: five calls a second, and after a page of so
 * many bytes no other until two megabytes a second would have taken as long.
 */
class ShardPaceModelTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long RUN = Duration.ofMinutes(10).toNanos();
    private static final double BYTES_PER_SECOND = 2.0 * 1024 * 1024;
    private static final long LARGEST_PAGE = 10L * 1024 * 1024;

    @ParameterizedTest
    @CsvSource({
        // bytes of a record, target of a page in bytes, readers, share of 2 MB/s at least
        "   100,  5242880, 1, 0.45",
        "  1024,  4194304, 1, 0.95",
        "  1024,  5242880, 1, 0.95",
        "  1024, 10485760, 1, 0.95",
        " 51200,  5242880, 1, 0.95",
        "1048576,  5242880, 1, 0.95",
        "1048576, 10485760, 1, 0.95",
        "  1024,  5242880, 2, 0.90",
        "  1024,  5242880, 5, 0.80",
    })
    void readsABacklogAtWhatTheShardAllows(
            int recordBytes, long targetBytes, int readers, double share) {
        Service service = new Service(recordBytes);
        Random random = new Random(7);
        ShardPace[] paces = new ShardPace[readers];
        long[] next = new long[readers];
        for (int i = 0; i < readers; i++) {
            paces[i] =
                    new ShardPace(
                            10_000,
                            targetBytes,
                            Duration.ofMillis(200),
                            Duration.ofMillis(250),
                            random);
        }
        long now = 0;
        while (now < RUN) {
            int reader = 0;
            for (int i = 1; i < readers; i++) {
                reader = next[i] < next[reader] ? i : reader;
            }
            now = next[reader];
            next[reader] = service.read(paces[reader], now);
        }

        assertThat(service.bytes / (RUN / (double) SECOND)).isGreaterThan(share * BYTES_PER_SECOND);
        if (readers == 1) {
            assertThat(service.refused).isLessThanOrEqualTo(service.calls / 50);
        }
    }

    private static final class Service {

        private final int recordBytes;
        private final Deque<Long> lastCalls = new ArrayDeque<>();
        private long freeAt;
        private long bytes;
        private int calls;
        private int refused;

        Service(int recordBytes) {
            this.recordBytes = recordBytes;
        }

        long read(ShardPace pace, long now) {
            calls++;
            while (!lastCalls.isEmpty() && lastCalls.peek() <= now - SECOND) {
                lastCalls.remove();
            }
            if (now < freeAt || lastCalls.size() == 5) {
                refused++;
                return pace.afterThrottle(now);
            }
            lastCalls.add(now);
            long records = Math.min(pace.limit(), Math.max(1, LARGEST_PAGE / recordBytes));
            long page = records * recordBytes;
            bytes += page;
            freeAt = now + (long) (page / BYTES_PER_SECOND * SECOND);
            return pace.afterPage(now, 0, (int) records, page);
        }
    }
}
