package io.hydrant.sql.kda.job;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

import static org.assertj.core.api.Assertions.assertThat;

class RowEncoderTest {

    private static final RowType TYPE =
            RowType.of(
                    new LogicalType[] {
                        new TimestampType(3),
                        new VarCharType(10),
                        new BigIntType(),
                        new DecimalType(10, 2),
                        new DoubleType(),
                        new BooleanType(),
                        new DateType(),
                        new TimeType(3),
                        new TimestampType(3),
                        new VarBinaryType(4)
                    },
                    new String[] {
                        "ROWTIME", "TEXT", "N", "Price", "D", "B", "DAY", "T", "AT", "BYTES"
                    });

    private static final RowData ROW =
            GenericRowData.of(
                    TimestampData.fromEpochMillis(0),
                    StringData.fromString("say \"a,b\"\n"),
                    7L,
                    DecimalData.fromBigDecimal(new BigDecimal("100.20"), 10, 2),
                    1.5,
                    true,
                    (int) LocalDate.of(2020, 2, 29).toEpochDay(),
                    3_600_001,
                    TimestampData.fromEpochMillis(1_577_873_400_500L),
                    new byte[] {1, (byte) 0xfe});

    @Test
    void writesTheColumnsOfAStreamWithoutItsRowtimeAsJson() {
        assertThat(text("JSON", "", ROW))
                .isEqualTo(
                        "{\"TEXT\":\"say \\\"a,b\\\"\\n\",\"N\":7,\"Price\":100.20,\"D\":1.5,\"B\":true,"
                                + "\"DAY\":\"2020-02-29\",\"T\":\"01:00:00.001\","
                                + "\"AT\":\"2020-01-01 10:10:00.500\",\"BYTES\":\"01fe\"}");
    }

    @Test
    void writesThemAsALineOfCsv() {
        assertThat(text("CSV", "\n", ROW))
                .isEqualTo(
                        "\"say \"\"a,b\"\"\n\",7,100.20,1.5,true,2020-02-29,01:00:00.001,"
                                + "2020-01-01 10:10:00.500,01fe\n");
    }

    @Test
    void writesNullAsNullAndInCsvAsNothing() {
        GenericRowData empty = new GenericRowData(TYPE.getFieldCount());
        empty.setField(0, TimestampData.fromEpochMillis(0));

        assertThat(text("JSON", "\n", empty))
                .startsWith("{\"TEXT\":null,\"N\":null,")
                .endsWith(",\"BYTES\":null}\n");
        assertThat(text("CSV", "", empty)).isEqualTo(",,,,,,,,");
    }

    private static String text(String format, String end, RowData row) {
        return new String(new RowEncoder(TYPE, format, end).serialize(row), StandardCharsets.UTF_8);
    }
}
