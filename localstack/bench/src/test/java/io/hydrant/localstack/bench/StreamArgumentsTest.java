package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.stream.Load;
import io.hydrant.localstack.bench.stream.StreamCase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StreamArgumentsTest {

    @Test
    void measuresTwoMillionRecordsTwiceAndTheRivalOnce() {
        StreamArguments options = parse();

        assertThat(options.records).isEqualTo(2_000_000);
        assertThat(options.repeats(StreamCase.READ_HYDRANT)).isEqualTo(2);
        assertThat(options.repeats(StreamCase.READ_OFFICIAL)).isEqualTo(1);
        assertThat(options.parallelism).isEqualTo(2);
        assertThat(options.jvmOptionList())
                .containsExactly("-Xmx1g", "-XX:+ExitOnOutOfMemoryError");
        assertThat(options.shardsOr(List.of(1, 4))).containsExactly(1, 4);
        assertThat(options.chosenLoads()).containsExactly(Load.values());
        assertThat(options.chosenCases(StreamCase.Task.READ))
                .containsExactly(
                        StreamCase.READ_SDK,
                        StreamCase.READ_HYDRANT,
                        StreamCase.READ_HYDRANT_SDK,
                        StreamCase.READ_OFFICIAL,
                        StreamCase.READ_OFFICIAL_LEGACY);
    }

    @Test
    void takesCasesLoadsAndShardsByName() {
        StreamArguments options = parse("--cases=hydrant", "--loads=kpl-100", "--shards=64,1");

        assertThat(options.chosenCases(StreamCase.Task.PUT))
                .containsExactly(StreamCase.PUT_HYDRANT);
        assertThat(options.chosenCases(StreamCase.Task.READ))
                .containsExactly(StreamCase.READ_HYDRANT);
        assertThat(options.chosenLoads()).containsExactly(Load.AGGREGATED);
        assertThat(options.shardsOr(List.of(1))).containsExactly(64, 1);
    }

    @Test
    void namesAllCasesAndLoadsWhereOneIsUnknown() {
        assertThatThrownBy(() -> parse("--cases=kcl").chosenCases(StreamCase.Task.READ))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "There is no case 'kcl'; the cases are [sdk-loop, hydrant, hydrant-sdk, official, official-legacy]");
        assertThatThrownBy(() -> parse("--loads=big").chosenLoads())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no load 'big'; the loads are [plain-300, plain-1k, kpl-100]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--records=150     | --records must be a multiple of the 100 records of an aggregate, but is 150",
                "--records=0       | --records must be a multiple of the 1 records of an aggregate, but is 0",
                "--repeats=0       | --repeats must be at least 1, but is 0",
                "--rival-repeats=0 | --rival-repeats must be at least 1, but is 0",
                "--parallelism=0   | --parallelism must be at least 1, but is 0",
                "--shards=4,0      | --shards must be at least 1, but is 0",
            })
    void refusesWhatCannotRun(String argument, String message) {
        assertThatThrownBy(() -> parse(argument).validate())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static StreamArguments parse(String... arguments) {
        return CommandLine.populateCommand(new StreamArguments(), arguments);
    }
}
