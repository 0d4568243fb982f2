package io.hydrant.localstack.fakes.redshift;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ParquetColumnTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    integer | INT32 | | | 0 | 0
                    smallint | INT32 | INT_16 | | 0 | 0
                    bigint | INT64 | | | 0 | 0
                    real | FLOAT | | | 0 | 0
                    double precision | DOUBLE | | | 0 | 0
                    boolean | BOOLEAN | | | 0 | 0
                    character varying(10) | BYTE_ARRAY | UTF8 | | 0 | 0
                    character varying(10) | BYTE_ARRAY | | | 0 | 0
                    date | INT32 | DATE | | 0 | 0
                    timestamp without time zone | INT96 | | | 0 | 0
                    timestamp without time zone | INT64 | TIMESTAMP_MILLIS | | 0 | 0
                    timestamp with time zone | INT64 | | TimestampType() | 0 | 0
                    numeric(10,2) | FIXED_LEN_BYTE_ARRAY | DECIMAL | | 10 | 2
                    """)
    void fits(
            String type, String physical, String converted, String logical, int digits, int scale) {
        assertThat(
                        new ParquetColumn("c", physical, converted, logical, digits, scale)
                                .fits(type, false))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    integer | INT64 | | 0 | 0
                    integer | INT32 | DATE | 0 | 0
                    integer | INT32 | UINT_32 | 0 | 0
                    bigint | INT32 | | 0 | 0
                    bigint | INT64 | TIMESTAMP_MICROS | 0 | 0
                    double precision | FLOAT | | 0 | 0
                    character varying(10) | INT32 | | 0 | 0
                    character varying(10) | BYTE_ARRAY | DECIMAL | 5 | 0
                    date | INT32 | | 0 | 0
                    timestamp without time zone | INT64 | | 0 | 0
                    numeric(10,2) | INT64 | DECIMAL | 10 | 3
                    numeric(10,2) | INT64 | | 0 | 0
                    jsonb | BYTE_ARRAY | UTF8 | 0 | 0
                    """)
    void convertsNothing(String type, String physical, String converted, int digits, int scale) {
        assertThat(
                        new ParquetColumn("c", physical, converted, null, digits, scale)
                                .fits(type, true))
                .isFalse();
    }

    @Test
    void makesJsonOfWhatIsNestedWhereItIsTold() {
        ParquetColumn nested = new ParquetColumn("c", null, "LIST", null, 0, 0);
        assertThat(nested.fits("jsonb", true)).isTrue();
        assertThat(nested.fits("jsonb", false)).isFalse();
        assertThat(nested.fits("character varying(10)", true)).isFalse();
    }
}
