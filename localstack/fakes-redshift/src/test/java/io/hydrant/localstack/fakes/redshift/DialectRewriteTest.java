package io.hydrant.localstack.fakes.redshift;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DialectRewriteTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            textBlock =
                    """
                    CREATE TABLE t (id int PRIMARY KEY, name varchar(10) UNIQUE) ! CREATE TABLE t (id int , name varchar(10) )
                    CREATE TABLE t (id int, name text, PRIMARY KEY (id, name)) ! CREATE TABLE t (id int, name text)
                    CREATE TABLE t (id int, CONSTRAINT u UNIQUE (id), n int) ! CREATE TABLE t (id int, n int)
                    CREATE TABLE t (id int REFERENCES u (id), n int) ! CREATE TABLE t (id int , n int)
                    CREATE TABLE t (id int ENCODE az64 DISTKEY SORTKEY) ! CREATE TABLE t (id int   )
                    CREATE TABLE t (id int) DISTSTYLE KEY DISTKEY (id) COMPOUND SORTKEY (id, n) ! CREATE TABLE t (id int)
                    CREATE TABLE t (id int) DISTSTYLE AUTO SORTKEY AUTO ! CREATE TABLE t (id int)
                    CREATE TEMP TABLE t (doc SUPER, name VARCHAR(MAX)) ! CREATE TEMP TABLE t (doc jsonb, name varchar(65535))
                    INSERT INTO t VALUES ('DISTKEY getdate()', "unique") ! INSERT INTO t VALUES ('DISTKEY getdate()', "unique")
                    SELECT GETDATE() ! SELECT (clock_timestamp() AT TIME ZONE 'UTC')::timestamp(0)
                    """)
    void leavesOutLayoutAndWhatIsNotEnforced(String redshift, String postgres) {
        assertThat(rewritten(redshift)).isEqualTo(postgres);
    }

    private static String rewritten(String sql) {
        try {
            return DialectRewrite.rewrite(sql).strip();
        } catch (FakeSqlException e) {
            throw new AssertionError(e);
        }
    }
}
