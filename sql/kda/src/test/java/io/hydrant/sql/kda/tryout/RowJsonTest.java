package io.hydrant.sql.kda.tryout;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;

class RowJsonTest {

    @ParameterizedTest
    @CsvSource({"5, 2, 50, 50.00", "5, 2, 100, 100.00", "18, 10, 0.0000000001, 0.0000000001"})
    void aDecimalShowsItsDigitsAndNoExponent(
            int precision, int scale, BigDecimal value, String digits) {
        RowType type =
                RowType.of(
                        new LogicalType[] {new TimestampType(3), new DecimalType(precision, scale)},
                        new String[] {"ROWTIME", "N"});

        String line =
                new RowJson("S", type)
                        .line(
                                GenericRowData.of(
                                        TimestampData.fromEpochMillis(0),
                                        DecimalData.fromBigDecimal(value, precision, scale)));

        assertThat(line)
                .isEqualTo(
                        "{\"N\":"
                                + digits
                                + ",\"ROWTIME\":\"1970-01-01T00:00:00.000Z\",\"_stream\":\"S\"}");
    }
}
