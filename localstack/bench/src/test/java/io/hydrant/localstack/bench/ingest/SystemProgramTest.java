package io.hydrant.localstack.bench.ingest;

import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SystemProgramTest {

    @Test
    void addsUserAndSystemTimeOfTheChildrenNotOfTheShell() throws Exception {
        String dash = "0m5.000000s 0m6.000000s\n0m0.250000s 1m2.500000s\n";

        assertThat(SystemProgram.children(dash)).isCloseTo(62.75, within(1e-9));
    }

    @Test
    void readsTheTimesOfBashToo() throws Exception {
        assertThat(SystemProgram.children("0m0.004s 0m0.001s\n0m0.031s 0m0.212s"))
                .isCloseTo(0.243, within(1e-9));
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> SystemProgram.children("0m0.004s 0m0.001s"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The shell's times are not understood: 0m0.004s");
    }
}
