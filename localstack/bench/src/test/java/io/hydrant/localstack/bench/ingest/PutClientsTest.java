package io.hydrant.localstack.bench.ingest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PutClientsTest {

    @TempDir private Path folder;

    @Test
    void putsEachBatchOnceAndCountsThoseOfBothPaces() throws Exception {
        ConcurrentLinkedQueue<Long> put = new ConcurrentLinkedQueue<>();

        PutFigures figures = new PutClients(put::add, 3).run(6 * PutClients.BATCH, 1);

        List<Long> all = LongStream.range(0, 6 + PutClients.EVEN_CALLS).boxed().toList();
        assertThat(put).containsExactlyInAnyOrderElementsOf(all);
        assertThat(figures.records()).isEqualTo(all.size() * (long) PutClients.BATCH);
        assertThat(figures.warmRecords()).isEqualTo(2L * PutClients.BATCH);
        assertThat(figures.warmMillis()).isPositive().isLessThanOrEqualTo(figures.endMillis());
        assertThat(figures.evenP99Millis()).isGreaterThanOrEqualTo(figures.evenMedianMillis());
    }

    @Test
    void failsWithTheFirstCallThatFails() {
        PutClients clients =
                new PutClients(
                        batch -> {
                            throw new IOException("no room");
                        },
                        2);

        assertThatThrownBy(() -> clients.run(6 * PutClients.BATCH, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("A client failed")
                .hasRootCauseMessage("no room");
    }

    @Test
    void asksForNoEvenPaceWhereNoTimeIsGiven() throws Exception {
        PutFigures figures = new PutClients(batch -> {}, 1).run(3 * PutClients.BATCH, 0);

        assertThat(figures.evenP99Millis()).isNegative();
    }

    @Test
    void findsTheTimeThatAShareDidNotPass() {
        long[] nanos = LongStream.rangeClosed(1, 200).map(n -> (201 - n) * 1_000_000).toArray();

        assertThat(PutFigures.quantile(nanos, 0.5)).isEqualTo(100);
        assertThat(PutFigures.quantile(nanos, 0.99)).isEqualTo(198);
        assertThat(PutFigures.quantile(new long[] {7_000_000}, 0.99)).isEqualTo(7);
    }

    @Test
    void figuresAreReadAsTheyWereWritten() throws Exception {
        PutFigures figures = new PutFigures(1, 2, 3, 4, 5.5, 6.25, -1, 8);
        Path file = folder.resolve("puts");

        figures.write(file);

        assertThat(PutFigures.read(file)).isEqualTo(figures);
    }
}
