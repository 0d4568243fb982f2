package io.hydrant.kinesis.table;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ColumnsPartitionKeyTest {

    private static final String OWL = new String(Character.toChars(0x1F989));

    @Test
    void joinsValuesInTheOrderOfTheClause() {
        assertThat(key(List.of("b", "a"), "|", "x", "y")).isEqualTo("y|x");
        assertThat(key(List.of("a", "b"), "", "x", "y")).isEqualTo("xy");
        assertThat(key(List.of("a"), "|", "x", "y")).isEqualTo("x");
    }

    @Test
    void writesAMissingValueAsNull() {
        assertThat(key(List.of("a", "b"), "|", null, "y")).isEqualTo("null|y");
        assertThat(key(List.of("a"), "|", null, "y")).isEqualTo("null");
    }

    @Test
    void writesValuesAsTheOfficialConnectorDoes() {
        DataType type =
                DataTypes.ROW(
                        DataTypes.FIELD("i", DataTypes.BIGINT()),
                        DataTypes.FIELD("d", DataTypes.DECIMAL(5, 2)),
                        DataTypes.FIELD("t", DataTypes.BOOLEAN()),
                        DataTypes.FIELD("day", DataTypes.DATE()),
                        DataTypes.FIELD("at", DataTypes.TIMESTAMP(3)));
        ColumnsPartitionKey key =
                ColumnsPartitionKey.of(
                        (RowType) type.getLogicalType(), List.of("i", "d", "t", "day", "at"), "|");

        assertThat(
                        key.of(
                                GenericRowData.of(
                                        42L,
                                        DecimalData.fromBigDecimal(new BigDecimal("1.50"), 5, 2),
                                        true,
                                        1,
                                        TimestampData.fromLocalDateTime(
                                                LocalDateTime.of(2026, 11, 21, 12, 0)))))
                .isEqualTo("42|1.50|true|1|2026-11-21T12:00");
    }

    @Test
    void cutsAtWhatTheServiceTakes() {
        String long300 = "x".repeat(300);

        assertThat(key(List.of("a"), "|", long300, "y")).isEqualTo("x".repeat(256));
        assertThat(key(List.of("b", "a"), "|", long300, "y")).isEqualTo("y|" + "x".repeat(254));
        assertThat(key(List.of("a", "b"), "|", "x".repeat(255), "y"))
                .isEqualTo("x".repeat(255) + "|");
    }

    @Test
    void cutsBetweenCharacters() {
        assertThat(key(List.of("a"), "|", "x".repeat(255) + OWL, "y")).isEqualTo("x".repeat(255));
    }

    @Test
    void travelsToTheTasks() throws Exception {
        ColumnsPartitionKey key =
                InstantiationUtil.clone(ColumnsPartitionKey.of(type(), List.of("b"), "|"));

        assertThat(key.of(row("x", "y"))).isEqualTo("y");
    }

    @Test
    void refusesColumnsThatItCannotUse() {
        assertThatThrownBy(() -> ColumnsPartitionKey.of(type(), List.of("c"), "|"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the column 'c', which is none of those that are written");
        assertThatThrownBy(() -> ColumnsPartitionKey.of(type(), List.of("a", "a"), "|"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names a column twice");
        assertThatThrownBy(() -> ColumnsPartitionKey.of(type(), List.of("list"), "|"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the column 'list' of type ARRAY<INT>");
    }

    private static String key(List<String> columns, String delimiter, String a, String b) {
        return ColumnsPartitionKey.of(type(), columns, delimiter).of(row(a, b));
    }

    private static GenericRowData row(String a, String b) {
        return GenericRowData.of(StringData.fromString(a), StringData.fromString(b), null);
    }

    private static RowType type() {
        return (RowType)
                DataTypes.ROW(
                                DataTypes.FIELD("a", DataTypes.STRING()),
                                DataTypes.FIELD("b", DataTypes.STRING()),
                                DataTypes.FIELD("list", DataTypes.ARRAY(DataTypes.INT())))
                        .getLogicalType();
    }
}
