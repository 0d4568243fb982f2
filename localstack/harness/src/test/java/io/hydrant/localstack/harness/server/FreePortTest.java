package io.hydrant.localstack.harness.server;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class FreePortTest {

    @Test
    void isNoneThatTheSystemGivesToOthers() throws Exception {
        for (int i = 0; i < 200; i++) {
            assertThat(FreePort.any()).isBetween(20_000, 32_767);
        }
    }

    @Test
    void isAnotherWhereTheFirstOneIsTaken() throws Exception {
        int first = FreePort.any(new SplittableRandom(7));
        try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.any(new SplittableRandom(7)))
                    .isNotEqualTo(taken.getLocalPort())
                    .isBetween(20_000, 32_767);
        }
    }
}
