package io.hydrant.launcher.redrive;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

class RedriveProgressTest {

    private final StringWriter out = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();
    private final RedriveProgress progress = new RedriveProgress(new PrintWriter(out), nanos::get);

    @Test
    void tellsWithinALargeObjectHowFarItIsEveryOtherSecond() {
        progress.found(2);
        read(1_000);
        assertThat(out.toString()).isEmpty();

        later(2);
        read(500);
        later(1);
        read(500);
        progress.through();
        later(1);
        progress.through();

        assertThat(out.toString().lines())
                .containsExactly(
                        "redrive: 0 of 2 error objects, 1,001 records",
                        "redrive: 2 of 2 error objects, 2,000 records");
    }

    private void read(int records) {
        for (int i = 0; i < records; i++) {
            progress.read();
        }
    }

    private void later(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
