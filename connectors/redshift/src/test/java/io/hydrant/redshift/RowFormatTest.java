package io.hydrant.redshift;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RowFormatTest {

    @Test
    void isRedshiftsWhereNothingIsSaid() {
        assertThat(RowFormat.parse(""))
                .isEqualTo(
                        new RowFormat(
                                RowFormat.Shape.DELIMITED,
                                false,
                                '|',
                                '"',
                                "\\N",
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                0,
                                null,
                                RowFormat.Epoch.NONE));
    }

    @Test
    void takesEverythingThatItCanDo() {
        assertThat(
                        RowFormat.parse(
                                "CSV QUOTE AS '''' DELIMITER '\\t' NULL AS 'NA' EMPTYASNULL BLANKSASNULL TRIMBLANKS TRUNCATECOLUMNS FILLRECORD IGNOREBLANKLINES IGNOREHEADER AS 2 ACCEPTINVCHARS TIMEFORMAT AS 'EPOCHSECS' ENCODING AS UTF8 DATEFORMAT 'auto' COMPROWS 5 STATUPDATE ON REGION 'eu-west-1' ROUNDEC"))
                .isEqualTo(
                        new RowFormat(
                                RowFormat.Shape.CSV,
                                false,
                                '\t',
                                '\'',
                                "NA",
                                false,
                                true,
                                true,
                                true,
                                true,
                                true,
                                true,
                                2,
                                "?",
                                RowFormat.Epoch.SECONDS));
        assertThat(RowFormat.parse("JSON AS 'auto ignorecase' ACCEPTINVCHARS '_'"))
                .returns(RowFormat.Shape.JSON, RowFormat::shape)
                .returns(true, RowFormat::ignoresCase)
                .returns("_", RowFormat::replacement);
        assertThat(RowFormat.parse("DELIMITER '\\001' ESCAPE"))
                .returns('\1', RowFormat::delimiter)
                .returns(true, RowFormat::escapes);
        assertThat(RowFormat.parse("JSON 'noshred'").shape()).isEqualTo(RowFormat.Shape.WHOLE_JSON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            textBlock =
                    """
                    JSON 's3://b/paths.json' ! JSON 's3://b/paths.json', which does not go with PostgreSQL: paths are not read here
                    FIXEDWIDTH 'a:1' ! FIXEDWIDTH, which does not go with PostgreSQL: stage delimited text
                    REMOVEQUOTES ! say CSV
                    CSV ACCEPTANYDATE ! ACCEPTANYDATE
                    CSV EXPLICIT_IDS ! EXPLICIT_IDS
                    CSV ENCODING UTF16 ! ENCODING UTF16
                    CSV TIMEFORMAT 'YYYY' ! TIMEFORMAT YYYY, which does not go with PostgreSQL: PostgreSQL reads dates
                    CSV DATEFORMAT 'DD' ! DATEFORMAT DD
                    CSV ESCAPE ! ESCAPE
                    CSV JSON 'auto' ! rows are JSON, or CSV
                    DELIMITER '||' ! DELIMITER '||', which does not go with PostgreSQL: it must be one character
                    IGNOREHEADER 99999999999 ! IGNOREHEADER 99999999999
                    CSV MANIFEST ! leave it out: Hydrant adds it by itself
                    """)
    void refusesWhatItCannotDo(String options, String message) {
        assertThatThrownBy(() -> RowFormat.parse(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("redshift.copy-options has ")
                .hasMessageContaining(message);
    }
}
