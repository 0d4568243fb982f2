package io.hydrant.localstack.fakes.redshift;

import io.hydrant.localstack.fakes.redshift.CopyCommand.Compression;
import io.hydrant.localstack.fakes.redshift.CopyCommand.Format;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CopyParserTest {

    private static final String ROLE = " IAM_ROLE 'arn:aws:iam::111122223333:role/loads' ";

    @Test
    void readsWhatALoaderWrites() throws FakeSqlException {
        CopyCommand copy =
                CopyParser.parse(
                        "COPY \"public\".flights (id, \"Name\") FROM 's3://stage/m/1.manifest'"
                                + ROLE
                                + "MANIFEST FORMAT AS JSON 'auto' GZIP MAXERROR AS 10 REGION 'eu-west-1' TIMEFORMAT 'auto' COMPUPDATE OFF STATUPDATE ON;");
        assertThat(copy.table()).isEqualTo("\"public\".flights");
        assertThat(copy.columns()).containsExactly("id", "\"Name\"");
        assertThat(copy.bucket()).isEqualTo("stage");
        assertThat(copy.key()).isEqualTo("m/1.manifest");
        assertThat(copy.isManifest()).isTrue();
        assertThat(copy.format()).isEqualTo(Format.JSON);
        assertThat(copy.jsonPaths()).isEqualTo("auto");
        assertThat(copy.compression()).isEqualTo(Compression.GZIP);
        assertThat(copy.maxErrors()).isEqualTo(10);
    }

    @Test
    void separatesByBarsUnlessToldOtherwiseAndCsvByCommas() throws FakeSqlException {
        assertThat(CopyParser.parse("copy t from 's3://b/k'" + ROLE).delimiter()).isEqualTo('|');
        assertThat(CopyParser.parse("copy t from 's3://b/k'" + ROLE + "csv").delimiter())
                .isEqualTo(',');
        assertThat(
                        CopyParser.parse("copy t from 's3://b/k'" + ROLE + "csv delimiter '\\t'")
                                .delimiter())
                .isEqualTo('\t');
    }

    @Test
    void leavesOtherStatementsAlone() throws FakeSqlException {
        assertThat(CopyParser.parse("SELECT 'copy'")).isNull();
        assertThat(CopyParser.parse("  -- nothing")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            textBlock =
                    """
                    COPY t FROM 's3://b/k' CSV ! COPY needs IAM_ROLE
                    COPY t FROM 's3://b/k' IAM_ROLE 'mine' CSV ! Invalid IAM role
                    COPY t FROM 's3://b/k' IAM_ROLE default CSV QUICKLY ! at or near "QUICKLY"
                    COPY t FROM 's3://b/k' IAM_ROLE default CSV JSON 'auto' ! conflicting
                    COPY t FROM 's3://b/k' IAM_ROLE default GZIP ZSTD ! conflicting
                    COPY t FROM 's3://b/k' IAM_ROLE default MAXERROR 1 MAXERROR 2 ! redundant
                    COPY t FROM 's3://b/k' IAM_ROLE default MAXERROR 100001 ! larger than 100000
                    COPY t FROM 's3://b/k' IAM_ROLE default FORMAT AS ORC ! does not know ORC
                    COPY t FROM 's3://b/k' IAM_ROLE default FORMAT AS PARQUET MAXERROR 1 ! MAXERROR argument is not supported for PARQUET based COPY
                    COPY t FROM 's3://b/k' IAM_ROLE default PARQUET GZIP ! GZIP argument is not supported
                    COPY t FROM 's3://b/k' IAM_ROLE default REGION 'x' PARQUET ! REGION argument is not supported
                    COPY t FROM 's3://b/k' IAM_ROLE default PARQUET JSON 'auto' ! conflicting
                    COPY t FROM 's3://b/k' IAM_ROLE default CSV SERIALIZETOJSON ! goes with PARQUET
                    COPY t FROM 's3://b/k' IAM_ROLE default CSV FILLRECORD ! does not know FILLRECORD
                    COPY t FROM 'emr://b/k' IAM_ROLE default ! does not know COPY from 'emr
                    COPY t FROM STDIN ! LOAD source is not supported. (Hint: only S3
                    COPY t (a, FROM 's3://b/k' IAM_ROLE default ! is missing
                    """)
    void refusesWhatRedshiftOrTheDoubleDoesNotKnow(String sql, String message) {
        assertThatThrownBy(() -> CopyParser.parse(sql))
                .isInstanceOf(FakeSqlException.class)
                .hasMessageContaining(message);
    }
}
