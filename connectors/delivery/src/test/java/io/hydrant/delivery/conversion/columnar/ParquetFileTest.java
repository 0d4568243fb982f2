package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.conversion.columnar.ParquetConfig.PageCompression;
import io.hydrant.delivery.conversion.schema.HiveType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files as DuckDB reads them, which shares no code with the library that writes them. Source:
 * Firehose API reference, ParquetSerDe.
 */
class ParquetFileTest {

    @TempDir private Path folder;

    @Test
    void everyTypeComesBack() throws Exception {
        Path file = Rows.write(folder, ParquetConfig.DEFAULT, Rows.EVERY_TYPE, Rows.SAMPLE);

        assertThat(
                        query(
                                "SELECT bo, ti, sm, i, bi, fl, \"do\", de, dl, st, va, ch, bin, da, ts, ar, ma, nested FROM '"
                                        + file
                                        + "'"))
                .containsExactly(
                        "true|-1|-300|70000|-9223372036854775808|1.5|2.25|-1234567.89|-12345678901234567890123456789012.345678|"
                                + "täxt 😀|abcde|c|bytes|1969-07-20|1969-07-20 20:17:40.123456|[1, NULL, 3]|{k=1, n=NULL}|"
                                + "{'x': 5, 'ys': [{'z': a, 'at': NULL}, NULL, {'z': NULL, 'at': '2024-02-29 12:00:00'}]}",
                        "null|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null",
                        "null|null|null|null|null|null|null|null|null||null|null|null|null|null|[]|{}|{'x': NULL, 'ys': NULL}");
    }

    @Test
    void listsMapsAndStructsWithinEachOtherComeBack() throws Exception {
        HiveType.Struct columns =
                Rows.columns(
                        "struct<id:int,ll:array<array<int>>,m:map<string,array<struct<a:int,m:map<int,string>>>>,after:string>");
        Path file =
                Rows.write(
                        folder,
                        ParquetConfig.DEFAULT,
                        columns,
                        List.of(
                                "{\"after\": \"x\", \"ll\": [[1, 2], [], null, [null, 3]], \"id\": 1}",
                                "{\"id\": 2, \"ll\": [], \"m\": {\"k\": [{\"a\": 1, \"m\": {\"7\": \"s\", \"8\": null}}, {\"m\": {}}, null], \"e\": [], \"n\": null}}",
                                "{\"id\": 3, \"ll\": [[]], \"m\": {}, \"after\": \"y\"}",
                                "{\"id\": 4, \"id\": 5, \"ll\": null, \"after\": null}"));

        assertThat(query("SELECT id, ll, m, after FROM '" + file + "'"))
                .containsExactly(
                        "1|[[1, 2], [], NULL, [NULL, 3]]|null|x",
                        "2|[]|{k=[{'a': 1, 'm': {7=s, 8=NULL}}, {'a': NULL, 'm': {}}, NULL], e=[], n=NULL}|null",
                        "3|[[]]|{}|y",
                        "5|null|null|null");
    }

    /** A page ends within them, and a writer begins the next one with what it kept. */
    @Test
    void nullsAndValuesOfEveryEncodingGoOnFromPageToPage() throws Exception {
        ParquetConfig config =
                new ParquetConfig(64 << 20, 64 << 10, PageCompression.SNAPPY, false, false);
        Path file =
                Rows.write(
                        folder,
                        config,
                        Rows.columns(
                                "struct<i:int,b:bigint,f:float,d:double,t:boolean,s:string,ts:timestamp,de:decimal(5,1),l:array<int>>"),
                        IntStream.range(0, 50_000)
                                .mapToObj(ParquetFileTest::documentOfEveryEncoding)
                                .toList());

        assertThat(
                        query(
                                "SELECT count(*), count(i), count(*) FILTER (i = b AND i = f AND i = d AND s = 'n' || i AND t = (i % 2 = 0)"
                                        + " AND ts = TIMESTAMP '2024-01-01' + to_seconds(i) AND de = (i % 1000) + 0.5 AND l = [i, -i]) FROM '"
                                        + file
                                        + "'"))
                .containsExactly("50000|33333|33333");
        assertThat(
                        query(
                                "SELECT path_in_schema, stats_min_value, stats_max_value, stats_null_count FROM parquet_metadata('"
                                        + file
                                        + "') WHERE path_in_schema IN ('i', 'd') ORDER BY ALL"))
                .containsExactly("d|1.0|49999.0|16667", "i|1|49999|16667");
    }

    private static String documentOfEveryEncoding(int i) {
        if (i % 3 == 0) {
            return "{}";
        }
        return "{\"i\": %1$d, \"b\": %1$d, \"f\": %1$d, \"d\": %1$d, \"t\": %2$b, \"s\": \"n%1$d\", \"ts\": \"%3$s\", \"de\": %4$d.5, \"l\": [%1$d, -%1$d]}"
                .formatted(
                        i,
                        i % 2 == 0,
                        LocalDateTime.of(2024, 1, 1, 0, 0)
                                .plusSeconds(i)
                                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")),
                        i % 1000);
    }

    @Test
    void typesAreThoseThatHiveWrites() throws Exception {
        Path file = Rows.write(folder, ParquetConfig.DEFAULT, Rows.EVERY_TYPE, Rows.SAMPLE);

        assertThat(
                        query(
                                "SELECT name, type, split_part(logical_type, 'bitWidth', 1) FROM parquet_schema('"
                                        + file
                                        + "') WHERE name IN ('ti', 'ts', 'de', 'st', 'da', 'list', 'element') ORDER BY ALL"))
                .contains(
                        "ts|INT96|null",
                        "da|INT32|DateType()",
                        "de|FIXED_LEN_BYTE_ARRAY|DecimalType(scale=2, precision=9)",
                        "st|BYTE_ARRAY|StringType()",
                        "ti|INT32|IntType(");
    }

    @ParameterizedTest
    @EnumSource(PageCompression.class)
    void pagesAreCompressedAsAsked(PageCompression compression) throws Exception {
        Path file = write(config(compression, false, false));

        assertThat(query("SELECT DISTINCT compression FROM parquet_metadata('" + file + "')"))
                .containsExactly(compression.name());
        assertThat(query("SELECT count(*), sum(id), count(DISTINCT t) FROM '" + file + "'"))
                .containsExactly("20000|199990000|10");
    }

    @Test
    void dictionariesAndPagesOfVersion2AreWrittenWhereAskedFor() throws Exception {
        Path plain = write(config(PageCompression.SNAPPY, false, false));
        assertThat(encodings(plain)).noneMatch(each -> each.contains("DICTIONARY"));

        Path dictionary = write(config(PageCompression.SNAPPY, true, false));
        assertThat(encodings(dictionary)).anyMatch(each -> each.contains("DICTIONARY"));

        Path version2 = write(config(PageCompression.SNAPPY, false, true));
        assertThat(encodings(version2)).anyMatch(each -> each.contains("DELTA"));
    }

    /** Texts are shown to Parquet's writers in an array that the next ones overwrite. */
    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void everyWriterKeepsItsTexts(boolean dictionary, boolean isVersion2) throws Exception {
        Path file = write(config(PageCompression.SNAPPY, dictionary, isVersion2));

        assertThat(
                        query(
                                "SELECT count(*), count(DISTINCT t), count(*) FILTER (t = 'text ' || id % 10) FROM '"
                                        + file
                                        + "'"))
                .containsExactly("20000|10|20000");
        assertThat(
                        query(
                                "SELECT DISTINCT stats_min_value, stats_max_value FROM parquet_metadata('"
                                        + file
                                        + "') WHERE path_in_schema = 't'"))
                .containsExactly("text 0|text 9");
    }

    @Test
    void pagesHaveTheSizeAskedFor() throws Exception {
        ParquetConfig small =
                new ParquetConfig(64 << 20, 64 << 10, PageCompression.UNCOMPRESSED, false, false);
        ParquetConfig large =
                new ParquetConfig(64 << 20, 64 << 20, PageCompression.UNCOMPRESSED, false, false);

        // An offset index has an entry for every page.
        assertThat(Rows.bytes(small, ids(), documents()).length())
                .isGreaterThan(Rows.bytes(large, ids(), documents()).length());
    }

    @Test
    void aRowGroupEndsAtTheBlockSize() throws Exception {
        ParquetConfig config =
                new ParquetConfig(64 << 20, 1 << 20, PageCompression.UNCOMPRESSED, false, false);
        String document = "{\"id\": 1, \"t\": \"" + "x".repeat(20_000) + "\"}";
        Path file = Rows.write(folder, config, ids(), Collections.nCopies(5000, document));

        assertThat(
                        query(
                                "SELECT DISTINCT row_group_num_rows FROM parquet_metadata('"
                                        + file
                                        + "') ORDER BY 1"))
                .containsExactly("1000", "4000");
    }

    private static ParquetConfig config(
            PageCompression compression, boolean dictionary, boolean isVersion2) {
        return new ParquetConfig(64 << 20, 1 << 20, compression, dictionary, isVersion2);
    }

    private Path write(ParquetConfig config) throws Exception {
        return Rows.write(folder, config, ids(), documents());
    }

    private static HiveType.Struct ids() {
        return Rows.columns("struct<id:bigint,t:string>");
    }

    private static List<String> documents() {
        return IntStream.range(0, 20_000)
                .mapToObj(i -> "{\"id\": " + i + ", \"t\": \"text " + i % 10 + "\"}")
                .toList();
    }

    private static List<String> encodings(Path file) throws SQLException {
        return query("SELECT encodings FROM parquet_metadata('" + file + "')");
    }

    private static List<String> query(String sql) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(i == 1 ? "" : "|").append(result.getString(i));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }
}
