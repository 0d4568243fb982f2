package io.hydrant.jobs.gateway.plain;

import io.hydrant.jobs.gateway.api.ServiceError;
import io.hydrant.jobs.gateway.limits.ByteBudget;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RequestBodyTest {

    private final ByteBudget budget = new ByteBudget(1_000_000);

    @Test
    void anUnpackedBodyHoldsItsMemoryUntilItIsClosed() throws Exception {
        byte[] data = new byte[300_000];
        Arrays.fill(data, (byte) 'x');

        try (RequestBody body = RequestBody.ofGzip(gzip(data), 300_000, budget)) {
            assertThat(body.bytes()).isEqualTo(data);
            assertThat(budget.used()).isEqualTo(300_000);
        }
        assertThat(budget.used()).isZero();
    }

    @Test
    void whatUnpacksToMoreThanABodyMayHaveIsRefusedOnTheWay() throws Exception {
        byte[] bomb = gzip(new byte[900_000]);

        assertStatus(413, bomb, 899_999);
        assertThat(budget.used()).isZero();
    }

    @Test
    void whatThereIsNoMemoryForIsRefusedForNow() throws Exception {
        assertStatus(503, gzip(new byte[2_000_000]), 10_000_000);
        assertThat(budget.used()).isZero();
    }

    @Test
    void whatIsNoGzipOrHalfOfOneIsRefused() throws Exception {
        byte[] whole = gzip(new byte[200_000]);

        assertStatus(400, "plain".getBytes(StandardCharsets.US_ASCII), 1_000);
        assertStatus(400, new byte[0], 1_000);
        assertStatus(400, Arrays.copyOf(whole, whole.length - 10), 1_000_000);
        assertThat(budget.used()).isZero();
    }

    private void assertStatus(int status, byte[] body, long maxBytes) {
        assertThatThrownBy(() -> RequestBody.ofGzip(body, maxBytes, budget))
                .isInstanceOf(ServiceError.class)
                .hasMessageNotContaining("null")
                .extracting(error -> ((ServiceError) error).status())
                .isEqualTo(status);
    }

    private static byte[] gzip(byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(data);
        }
        return bytes.toByteArray();
    }
}
