package io.hydrant.localstack.harness.process;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommandTest {

    @Test
    void showsEachLineAndKeepsTheLast() throws IOException {
        List<String> shown = new ArrayList<>();

        String output =
                Command.of("sh", "-c", "i=0; while [ $i -lt 50 ]; do echo $i; i=$((i+1)); done")
                        .listening(shown::add)
                        .run();

        assertThat(shown).hasSize(50).startsWith("0").endsWith("49");
        assertThat(output.lines()).hasSize(40).startsWith("10").endsWith("49");
    }

    @Test
    void saysWhichCommandFailedAndHow() {
        assertThatThrownBy(() -> Command.of("sh", "-c", "echo no such package >&2; exit 3").run())
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "sh -c echo no such package >&2; exit 3 failed with code 3:\n"
                                + "no such package");
    }

    @Test
    void changesTheEnvironment() throws IOException {
        assertThat(
                        Command.of("sh", "-c", "echo $A${HOME:-none}")
                                .with(Map.of("A", "b"))
                                .without("HOME")
                                .run())
                .isEqualTo("bnone");
    }
}
