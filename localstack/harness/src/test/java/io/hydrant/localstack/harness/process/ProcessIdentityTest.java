package io.hydrant.localstack.harness.process;

import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProcessIdentityTest {

    @Test
    void knowsThatThisProcessLives() {
        ProcessIdentity self = ProcessIdentity.ofThisProcess();

        assertThat(self.isAlive()).isTrue();
        assertThat(ProcessIdentity.parse(self.toString())).isEqualTo(self);
    }

    @Test
    void doesNotTakeALaterProcessOfThatNumberForTheSame() {
        ProcessIdentity earlier = new ProcessIdentity(ProcessHandle.current().pid(), "17");

        assertThat(earlier.isAlive()).isFalse();
        assertThat(earlier.handle()).isEmpty();
    }

    @Test
    void knowsThatAProcessEnded() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessIdentity identity = ProcessIdentity.of(process.pid()).orElseThrow();
        assertThat(identity.isAlive()).isTrue();

        process.destroyForcibly().waitFor();

        assertThat(identity.isAlive()).isFalse();
    }

    @Test
    void refusesTextOfAnotherForm() {
        assertThatThrownBy(() -> ProcessIdentity.parse("123"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Not a process identity (pid@start): 123");
    }
}
