package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.http.ArrivingBody.Taken;
import io.hydrant.jobs.gateway.limits.ByteBudget;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivingBodyTest {

    private final ByteBudget budget = new ByteBudget(1_000_000);

    @Test
    void aBodyWhoseSizeIsSaidTakesItsMemoryAtOnce() {
        ArrivingBody body = ArrivingBody.ofSize(5, budget);

        assertThat(budget.used()).isEqualTo(5);
        assertThat(take(body, "ab")).isEqualTo(Taken.YES);
        assertThat(take(body, "cde")).isEqualTo(Taken.YES);
        assertThat(take(body, "f")).isEqualTo(Taken.MORE_THAN_SAID);
        assertThat(body.whole()).asString().isEqualTo("abcde");
        body.release();
        body.release();
        assertThat(budget.used()).isZero();
        assertThat(ArrivingBody.ofSize(1_000_001, budget)).isNull();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aBodyInChunksGrowsAndIsCutToItsSize() {
        ArrivingBody body = ArrivingBody.inChunks(400_000, budget);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            String chunk = i + "-".repeat(i);
            all.append(chunk);
            assertThat(take(body, chunk)).isEqualTo(Taken.YES);
            assertThat(budget.used()).isBetween((long) all.length(), 400_000L);
        }

        assertThat(body.whole()).asString().isEqualTo(all.toString());
        assertThat(budget.used()).isEqualTo(all.length());
        body.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aBodyInChunksMayBeEmptyAndFillItsLimitExactly() {
        ArrivingBody empty = ArrivingBody.inChunks(10, budget);
        assertThat(empty.whole()).isEmpty();
        empty.release();

        ArrivingBody full = ArrivingBody.inChunks(10, budget);
        assertThat(take(full, "0123456789")).isEqualTo(Taken.YES);
        assertThat(take(full, "")).isEqualTo(Taken.YES);
        assertThat(take(full, "x")).isEqualTo(Taken.TOO_MANY);
        assertThat(full.whole()).asString().isEqualTo("0123456789");
        full.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void growsNoFurtherThanThereIsMemory() {
        ByteBudget little = new ByteBudget(40_000);
        ArrivingBody body = ArrivingBody.inChunks(1_000_000, little);

        assertThat(take(body, "x".repeat(16_384))).isEqualTo(Taken.YES);
        assertThat(take(body, "y")).as("32 KiB beside 16").isEqualTo(Taken.NO_MEMORY);
        assertThat(little.used()).isEqualTo(16_384);
        body.release();
        assertThat(little.used()).isZero();
    }

    private static Taken take(ArrivingBody body, String text) {
        return body.take(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }
}
