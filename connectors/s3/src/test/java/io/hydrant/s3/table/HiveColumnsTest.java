package io.hydrant.s3.table;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HiveColumnsTest {

    @Test
    void knowsAColumnForEveryTypeThatJsonCarriesExactly() {
        assertThat(
                        columns(
                                DataTypes.BOOLEAN(),
                                DataTypes.TINYINT(),
                                DataTypes.SMALLINT(),
                                DataTypes.INT(),
                                DataTypes.BIGINT().notNull(),
                                DataTypes.FLOAT(),
                                DataTypes.DOUBLE(),
                                DataTypes.DECIMAL(38, 9),
                                DataTypes.CHAR(3),
                                DataTypes.VARCHAR(10),
                                DataTypes.DATE(),
                                DataTypes.TIME(3),
                                DataTypes.TIMESTAMP(9),
                                DataTypes.TIMESTAMP_LTZ(3),
                                DataTypes.ARRAY(DataTypes.INT()),
                                DataTypes.MAP(DataTypes.STRING(), DataTypes.BIGINT()),
                                DataTypes.ROW(DataTypes.FIELD("Inner", DataTypes.STRING()))))
                .isEqualTo(
                        "struct<f0:boolean,f1:tinyint,f2:smallint,f3:int,f4:bigint,f5:float,f6:double,"
                                + "f7:decimal(38,9),f8:string,f9:string,f10:date,f11:string,f12:timestamp,"
                                + "f13:timestamp,f14:array<int>,f15:map<string,bigint>,f16:struct<Inner:string>>");
    }

    @Test
    void namesTheColumnWhoseTypeNoFileHas() {
        assertThatThrownBy(() -> columns(DataTypes.BYTES()))
                .hasMessageContaining("column 'f0' is of type BYTES")
                .hasMessageContaining("TO_BASE64");
        assertThatThrownBy(
                        () ->
                                columns(
                                        DataTypes.ROW(
                                                DataTypes.FIELD(
                                                        "in", DataTypes.ARRAY(DataTypes.BYTES())))))
                .hasMessageContaining("column 'f0.in[]'");
        assertThatThrownBy(() -> columns(DataTypes.MAP(DataTypes.INT(), DataTypes.INT())))
                .hasMessageContaining("a map whose keys are of type INT");
    }

    private static String columns(DataType... types) {
        RowType row = (RowType) DataTypes.ROW(types).getLogicalType();
        return HiveColumns.of(row, IntStream.range(0, types.length).toArray()).text();
    }
}
