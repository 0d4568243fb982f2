package io.hydrant.expression;

import io.hydrant.delivery.transform.TransformConfig;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExpressionConfigTest {

    private static final String COLUMNS = "struct<id:int,name:string,nested:struct<a:int>>";

    @Test
    void thereIsNoTransformWithoutSql() {
        assertThat(ExpressionConfig.from(new Configuration())).isEmpty();
    }

    @Test
    void theTransformKnowsTheSqlAndItsColumns() {
        TransformConfig transform =
                ExpressionConfig.from(options("SELECT id FROM records", COLUMNS))
                        .orElseThrow()
                        .transform();

        assertThat(transform.className()).isEqualTo(SelectTransform.class.getName());
        assertThat(ExpressionConfig.of(transform.parameters()))
                .isEqualTo(
                        ExpressionConfig.from(options("SELECT id FROM records", COLUMNS))
                                .orElseThrow());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    SELECT FROM records | Incorrect syntax near the keyword 'FROM' at line 1, column 8
                    DELETE FROM records | DELETE changes something; a transform is a SELECT
                    SELECT nope FROM records | line 1, column 8: Column 'nope' not found
                    SELECT id FROM flights | line 1, column 16: Object 'flights' not found
                    SELECT NOPE(id) AS x FROM records | line 1, column 8: No match found for function signature NOPE
                    SELECT id + name FROM records | column 1 has no name; give it one
                    SELECT id, name AS id FROM records | the name 'id' is given twice
                    SELECT INTERVAL '1' DAY AS i FROM records | column 'i' is of type INTERVAL DAY, which JSON cannot hold
                    SELECT id, CASE WHEN id > 1 THEN nested END AS n, id + 1 AS m FROM records | column 'n': a whole struct cannot be computed with
                    SELECT COALESCE(nested, nested) AS n FROM records | column 'n': a whole struct
                    SELECT id FROM records WHERE NULLIF(nested, nested) IS NULL | WHERE: a whole struct cannot be computed with
                    SELECT COUNT(*) AS n FROM records | Aggregate needs more than one record
                    SELECT name FROM records GROUP BY name | Aggregate needs more than one record
                    SELECT a.id AS x FROM records a JOIN records b ON a.id = b.id | Join needs more than one record
                    SELECT id FROM records ORDER BY id | Sort needs more than one record
                    SELECT id FROM records UNION ALL SELECT id FROM records | Union needs more than one record
                    SELECT ROW_NUMBER() OVER (ORDER BY id) AS n FROM records | OVER needs more than one record
                    SELECT id FROM records WHERE id IN (SELECT id FROM records) | A sub-query needs more than one record
                    SELECT CURRENT_TIMESTAMP AS t FROM records | CURRENT_TIMESTAMP is not the same when the record is transformed again
                    SELECT RAND() AS t FROM records | RAND is not the same when the record is transformed again
                    SELECT id FROM records WHERE RAND() > 0.5 | RAND is not the same when the record is transformed again
                    SELECT id AS "partitionKeys.i", id FROM records | a partitioning key is text: CAST it to VARCHAR
                    SELECT name AS "partitionKeys.n" FROM records | nothing but partitioning keys is selected
                    SELECT name AS "partitionKeys.", id FROM records | names no key
                    """)
    void refusesSqlThatCannotBeATransform(String select, String reason) {
        assertThatThrownBy(() -> ExpressionConfig.from(options(select, COLUMNS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("delivery.transform.select: ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bigint        | is no struct; write struct<name:type,…>
                    struct<a:huh> | huh
                    """)
    void refusesColumnsThatAreNone(String columns, String reason) {
        assertThatThrownBy(
                        () -> ExpressionConfig.from(options("SELECT 1 AS a FROM records", columns)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("delivery.transform.columns: ")
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAStarWithoutColumns() {
        assertThatThrownBy(() -> ExpressionConfig.from(options("SELECT * FROM records", null)))
                .hasMessageContaining("* stands for the columns of delivery.transform.columns");
    }

    @Test
    void refusesColumnsThatNothingReads() {
        Configuration options = new Configuration();
        options.set(ExpressionOptions.COLUMNS, COLUMNS);

        assertThatThrownBy(() -> ExpressionConfig.from(options))
                .hasMessageContaining("delivery.transform.columns is given without");
    }

    private static Configuration options(String select, String columns) {
        Configuration options = new Configuration();
        options.set(ExpressionOptions.SELECT, select);
        if (columns != null) {
            options.set(ExpressionOptions.COLUMNS, columns);
        }
        return options;
    }
}
