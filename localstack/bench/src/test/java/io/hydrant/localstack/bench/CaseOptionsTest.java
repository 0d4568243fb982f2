package io.hydrant.localstack.bench;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import static org.assertj.core.api.Assertions.assertThat;

class CaseOptionsTest {

    @Command
    private static final class LongRuns {

        @Mixin private CaseOptions options = new CaseOptions(1, "3g");
    }

    @Test
    void aBenchmarkChoosesHowOftenItsCasesRunAndInHowMuchHeap() {
        LongRuns bench = new LongRuns();

        new CommandLine(bench).parseArgs();

        assertThat(bench.options.repeats).isEqualTo(1);
        assertThat(bench.options.jvmOptionList())
                .containsExactly("-Xmx3g", "-XX:+ExitOnOutOfMemoryError");
        assertThat(new CommandLine(bench).getUsageMessage())
                .contains("(default: 1)", "(default: -Xmx3g");
    }

    @Test
    void itsUserChoosesInstead() {
        LongRuns bench = new LongRuns();

        new CommandLine(bench).parseArgs("--repeats=5", "--jvm-options=-Xmx1g");

        assertThat(bench.options.repeats).isEqualTo(5);
        assertThat(bench.options.jvmOptionList()).containsExactly("-Xmx1g");
    }
}
