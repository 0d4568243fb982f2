package io.hydrant.iceberg.sink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommitStateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // due | last in the table, empty for none | what it is
                "a@1     |             | DUE",
                "a@2     | a@1         | DUE",
                "a@1     | a@1         | DONE",
                "a@1     | a@2         | DONE",
                // A job of another id that goes on from savepoint 5.
                "a@5,b@6 | a@5         | DUE",
                "a@5,b@6 | a@3         | DUE",
                "a@5     | a@5,b@6     | DONE",
                "a@4     | a@5,b@6     | DONE",
                // It goes on from 5, and another went on to 7 before.
                "a@5,b@6 | a@7         | FORKED",
                "a@5,b@6 | a@5,c@6     | FORKED",
                "a@7     | a@5,b@6     | FORKED",
                // Begun anew.
                "b@1     | a@9         | FORKED",
                "b@10    | a@9         | FORKED",
                // Three in a row.
                "a@5,b@9,c@12 | a@5,b@9 | DUE",
                "a@5,b@9,c@12 | a@5,b@10 | FORKED",
                "a@5,b@9      | a@5,b@9,c@12 | DONE",
            })
    void judgesACommitByTheLastOneInTheTable(String due, String last, CommitState expected) {
        assertThat(
                        CommitState.of(
                                CommitMark.parse(due),
                                last == null ? null : CommitMark.parse(last)))
                .isEqualTo(expected);
    }

    @Test
    void aRunGoesOnWhereTheOneBeforeWasLeft() {
        CommitMark first = CommitMark.begin("a").at(3);
        CommitMark second = first.continuedBy("b").at(4);

        assertThat(second).hasToString("a@3,b@4");
        assertThat(CommitMark.parse(second.toString())).isEqualTo(second);
        assertThat(second.includes(first)).isTrue();
        assertThat(second.includes(first.at(4))).isFalse();
    }

    @Test
    void remembersOnlySoManyRuns() {
        CommitMark mark = CommitMark.begin("r0").at(1);
        for (int i = 1; i <= CommitMark.MAX_RUNS; i++) {
            mark = mark.continuedBy("r" + i).at(i + 1L);
        }

        assertThat(mark.points()).hasSize(CommitMark.MAX_RUNS);
        assertThat(mark.own()).isEqualTo(new CommitMark.Point("r200", 201));
        assertThat(mark.includes(CommitMark.parse("r0@1"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"''", "a", "a@", "@1", "a@-1", "'a@1,'", "a@x"})
    void refusesWhatIsNoMark(String text) {
        assertThatThrownBy(() -> CommitMark.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no mark of a commit");
    }
}
