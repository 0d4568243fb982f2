package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.cases.BenchCase;
import io.hydrant.localstack.bench.cases.Suite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BenchArgumentsTest {

    @Test
    void measuresTwoMillionFlightsThreeTimesInEveryCase() {
        BenchArguments options = parse();

        assertThat(options.records).isEqualTo(2_000_000);
        assertThat(options.repeats).isEqualTo(3);
        assertThat(options.parallelism).isEqualTo(2);
        assertThat(options.shards).isEqualTo(4);
        assertThat(options.openObjects).containsExactly(1, 100, 2000);
        assertThat(options.jvmOptionList()).containsExactly("-Xmx640m");
        assertThat(options.chosenCases(Suite.CORRIDOR))
                .contains(BenchCase.RAW_GZIP, BenchCase.KPL_FAST)
                .doesNotContain(BenchCase.PARTITIONED_10, BenchCase.FRESHNESS);
    }

    @Test
    void measuresFiftyThousandOpenObjectsWhereItIsAboutPartitions() {
        BenchArguments options = CommandLine.populateCommand(new BenchArguments());
        options.complete(Suite.DELIVERY);

        assertThat(options.openObjects).containsExactly(50_000);
        assertThat(options.jvmOptionList()).containsExactly("-Xms1500m", "-Xmx1500m");
        assertThat(options.chosenCases(Suite.DELIVERY))
                .contains(BenchCase.RAW_GZIP, BenchCase.MEMORY, BenchCase.PARTITIONED_50000)
                .doesNotContain(BenchCase.KPL, BenchCase.FRESHNESS);
    }

    @Test
    void takesCasesByName() {
        assertThat(parse("--cases=corridor-kpl,raw-gzip").chosenCases(Suite.CORRIDOR))
                .containsExactly(BenchCase.KPL, BenchCase.RAW_GZIP);
    }

    @Test
    void namesAllCasesWhereOneIsUnknown() {
        assertThatThrownBy(() -> parse("--cases=kpl").chosenCases(Suite.CORRIDOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "There is no case 'kpl'; the cases are [raw-gzip, raw-fast");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--records=0       | --records must be at least 1, but is 0",
                "--repeats=-1      | --repeats must be at least 1, but is -1",
                "--parallelism=0   | --parallelism must be at least 1, but is 0",
                "--shards=0        | --shards must be at least 1, but is 0",
                "--open-objects=-5 | --open-objects must be at least 0, but is -5",
            })
    void refusesWhatCannotRun(String argument, String message) {
        assertThatThrownBy(() -> parse(argument).validate())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static BenchArguments parse(String... arguments) {
        BenchArguments options = CommandLine.populateCommand(new BenchArguments(), arguments);
        options.complete(Suite.CORRIDOR);
        return options;
    }
}
