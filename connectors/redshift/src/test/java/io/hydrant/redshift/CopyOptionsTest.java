package io.hydrant.redshift;

import io.hydrant.delivery.format.Compression;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CopyOptionsTest {

    @Test
    void keepsWhatItKnowsAndTakesMaxErrorOut() {
        CopyOptions options =
                CopyOptions.parse(
                        "copy",
                        " json 'auto ignorecase' GZIP maxerror as 12\n TIMEFORMAT AS 'epochmillisecs' null as '\\\\N' COMPUPDATE off ACCEPTINVCHARS");
        assertThat(options.text())
                .isEqualTo(
                        "json 'auto ignorecase' GZIP TIMEFORMAT AS 'epochmillisecs' null as '\\\\N' COMPUPDATE off ACCEPTINVCHARS");
        assertThat(options.maxErrors()).isEqualTo(12);
        assertThat(options.compression()).isEqualTo(Compression.GZIP);
    }

    @Test
    void knowsWhatCopyTakesWithParquet() {
        CopyOptions options =
                CopyOptions.parse(
                        "copy",
                        "FORMAT AS PARQUET SERIALIZETOJSON FILLRECORD ACCEPTINVCHARS STATUPDATE OFF EXPLICIT_IDS");
        assertThat(options.isParquet()).isTrue();
        assertThat(options.text())
                .isEqualTo(
                        "FORMAT AS PARQUET SERIALIZETOJSON FILLRECORD ACCEPTINVCHARS STATUPDATE OFF EXPLICIT_IDS");
        assertThat(CopyOptions.parse("copy", "FORMAT JSON 'auto'").isParquet()).isFalse();
    }

    @Test
    void hasNothingToSayByDefault() {
        assertThat(CopyOptions.parse("copy", ""))
                .isEqualTo(new CopyOptions("", -1, Compression.UNCOMPRESSED, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            textBlock =
                    """
                    CSV; DROP TABLE t ! cannot be read from '; DROP TABLE t' on
                    CSV 'x ! cannot be read from
                    CSV -- ! cannot be read from
                    CSV DROP ! has DROP, which COPY does not know
                    'auto' ! has 'auto', which COPY does not know there
                    JSON 'auto' MANIFEST ! leave it out: Hydrant adds it by itself
                    CREDENTIALS 'aws_access_key_id=x' ! name a role
                    FORMAT AS ORC ! records are staged as text, JSON or Parquet
                    FORMAT AS PARQUET MAXERROR 3 ! has MAXERROR, which COPY does not take with PARQUET
                    REGION 'eu-west-1' PARQUET ! has REGION, which COPY does not take with PARQUET
                    PARQUET GZIP ! has GZIP, which COPY does not take with PARQUET
                    JSON 'auto' SERIALIZETOJSON ! has SERIALIZETOJSON, which COPY takes with PARQUET alone
                    CSV NOLOAD ! it would load nothing
                    GZIP ZSTD ! names two compressions
                    GZIP GZIP ! has GZIP twice
                    DELIMITER GZIP ! has DELIMITER without a text in quotes behind it
                    MAXERROR ! has MAXERROR without a number
                    MAXERROR 100001 ! it may be up to 100000
                    """)
    void refusesWhatCopyDoesNotKnowOrMayNotBeTold(String text, String message) {
        assertThatThrownBy(() -> CopyOptions.parse("CopyOptions", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CopyOptions ")
                .hasMessageContaining(message);
    }

    @Test
    void doesNotRepeatASecretInItsMessage() {
        assertThatThrownBy(
                        () ->
                                CopyOptions.parse(
                                        "CopyOptions", "CREDENTIALS 'aws_secret_access_key=hush'"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hush");
    }
}
