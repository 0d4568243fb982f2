package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.translate.Stages.Keep;

import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.hydrant.sql.kda.run.MatchOperator.LAST;
import static io.hydrant.sql.kda.run.MatchOperator.NONE;
import static io.hydrant.sql.kda.run.MatchOperator.ONE;
import static org.assertj.core.api.Assertions.assertThat;

class MatchOperatorTest {

    private static final RowType TYPE =
            RowType.of(new IntType(), new IntType(), new TinyIntType(), new BooleanType());

    private final RowData[] rows = {
        row(1, 10, ONE, false),
        row(1, 11, ONE, true),
        row(1, 12, LAST, true),
        row(2, 20, ONE, false),
        row(2, 21, LAST, false),
        row(3, null, NONE, false),
        row(4, 40, LAST, true),
    };

    @Test
    void keepsThePairsThatMatchAndARowWithoutOneAlone() {
        assertThat(kept(Keep.PAIRS_OR_ROW))
                .containsExactly(
                        pair(1, 11), pair(1, 12), pair(2, null), pair(3, null), pair(4, 40));
    }

    @Test
    void keepsARowOnceWhereAnyMatches() {
        assertThat(kept(Keep.ROW_IF_ANY))
                .containsExactly(GenericRowData.of(1), GenericRowData.of(4));
    }

    @Test
    void keepsARowWhereNoneMatches() {
        assertThat(kept(Keep.ROW_IF_NONE))
                .containsExactly(GenericRowData.of(2), GenericRowData.of(3));
    }

    private List<RowData> kept(Keep keep) {
        MatchOperator operator = new MatchOperator(TYPE, 1, keep);
        List<RowData> kept = new ArrayList<>();
        for (RowData row : rows) {
            operator.flatMap(row, new ListCollector<>(kept));
        }
        return kept;
    }

    private static RowData row(int stream, Integer table, byte candidate, boolean match) {
        return GenericRowData.of(stream, table, candidate, match);
    }

    private static RowData pair(int stream, Integer table) {
        return GenericRowData.of(stream, table);
    }
}
