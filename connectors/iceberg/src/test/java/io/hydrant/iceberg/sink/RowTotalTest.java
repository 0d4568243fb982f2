package io.hydrant.iceberg.sink;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RowTotalTest {

    @Test
    void addsCommitsUpAndIsReadAsItWasWritten() {
        RowTotal total = RowTotal.before(7).plus(10, false).plus(5, false);

        assertThat(total).hasToString("base=7,appended=15,by-key=0");
        assertThat(RowTotal.parse(total.toString())).isEqualTo(total);
        assertThat(RowTotal.expected(List.of(total))).isEqualTo(22);
    }

    @Test
    void expectsOfSeveralDeliveriesWhatWasThereBeforeAllAndWhatEachAdded() {
        RowTotal first = new RowTotal(100, 50, 0);
        // It came when the first had added 30.
        RowTotal second = new RowTotal(130, 20, 0);

        assertThat(RowTotal.expected(List.of(first, second))).isEqualTo(170);
        assertThat(RowTotal.expected(List.of(second, first))).isEqualTo(170);
    }

    @Test
    void expectsNoNumberWhereRowsReplaceOthersOrNobodyKnowsHowManyThereWere() {
        RowTotal plain = RowTotal.before(0).plus(1, false);

        assertThat(RowTotal.expected(List.of())).isEqualTo(RowTotal.UNKNOWN);
        assertThat(RowTotal.expected(List.of(plain, plain.plus(1, true))))
                .isEqualTo(RowTotal.UNKNOWN);
        assertThat(RowTotal.expected(List.of(plain, RowTotal.before(RowTotal.UNKNOWN))))
                .isEqualTo(RowTotal.UNKNOWN);
    }

    @Test
    void refusesATextThatIsNone() {
        assertThatThrownBy(() -> RowTotal.parse("appended=1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'appended=1' is no total of rows");
    }
}
