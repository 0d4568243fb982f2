package io.hydrant.sql.kda.tryout;

import io.hydrant.sql.kda.application.ApplicationDocument;
import io.hydrant.sql.kda.application.KdaApplication;
import io.hydrant.sql.kda.tryout.KdaTest.Outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ways to join a stream with a reference table, or with a query or a view of one, all in one
 * application: each line has what stands behind SELECT STREAM, for a stream of a number and a text,
 * and the rows.
 */
class ReferenceQueriesITCase {

    private static final String SCHEMA =
            """
            {"NamePrefix": "S", "InputSchema": {"RecordEncoding": "UTF-8",
             "RecordFormat": {"RecordFormatType": "JSON"},
             "RecordColumns": [
               {"Name": "ID", "Mapping": "$.ID", "SqlType": "INTEGER"},
               {"Name": "K", "Mapping": "$.K", "SqlType": "VARCHAR(8)"},
               {"Name": "X", "Mapping": "$.X", "SqlType": "INTEGER"}]},
             "ReferenceDataSources": [
               {"TableName": "R", "File": "r.csv", "ReferenceSchema": {"RecordEncoding": "UTF-8",
                "RecordFormat": {"RecordFormatType": "CSV"},
                "RecordColumns": [
                  {"Name": "K", "SqlType": "VARCHAR(8)"}, {"Name": "NAME", "SqlType": "VARCHAR(16)"},
                  {"Name": "LIM", "SqlType": "INTEGER"}]}},
               {"TableName": "Z", "File": "z.csv", "ReferenceSchema": {"RecordEncoding": "UTF-8",
                "RecordFormat": {"RecordFormatType": "CSV"},
                "RecordColumns": [
                  {"Name": "NAME", "SqlType": "VARCHAR(16)"},
                  {"Name": "ZONE", "SqlType": "VARCHAR(8)"}]}}]}
            """;

    private static final String VIEWS =
            """
            CREATE VIEW known AS SELECT K, NAME AS N FROM R WHERE LIM > 2;
            CREATE VIEW renamed (KEY1, N) AS SELECT K, UPPER(NAME) FROM R WHERE LIM < 8;
            """;

    private static final List<String> ROWS =
            List.of(
                    "{\"ROWTIME\": 1000, \"ID\": 0, \"K\": \"a\", \"X\": 1}",
                    "{\"ROWTIME\": 2000, \"ID\": 1, \"K\": \"b\", \"X\": 5}",
                    "{\"ROWTIME\": 3000, \"ID\": 2, \"K\": \"z\", \"X\": 3}",
                    "{\"ROWTIME\": 4000, \"ID\": 3, \"X\": 2}");

    private static final String CASES =
            """
            ID, NAME FROM S_001 JOIN R USING (K) | 0 Anna, 0 Anne, 1 Bob
            ID, NAME FROM S_001 LEFT JOIN R USING (K) WHERE X > 1 | 1 Bob, 2 null, 3 null
            ID, K FROM R RIGHT JOIN S_001 USING (K) | 0 a, 0 a, 1 b, 2 z, 3 null
            ID, NAME FROM S_001 NATURAL JOIN R | 0 Anna, 0 Anne, 1 Bob
            ID, ZONE FROM S_001 JOIN R USING (K) LEFT JOIN Z USING (NAME) | 0 east, 0 null, 1 west
            ID, N FROM S_001 JOIN (SELECT K AS KEY1, NAME AS N FROM R WHERE LIM > 3) AS r ON S_001.K = r.KEY1 | 0 Anne, 1 Bob
            ID, N FROM S_001 LEFT JOIN (SELECT K AS KEY1, NAME AS N FROM R WHERE LIM > 4) AS r ON S_001.K = r.KEY1 | 0 Anne, 1 null, 2 null, 3 null
            ID, N FROM S_001 LEFT JOIN (SELECT K, UPPER(NAME) AS N, LIM * 2 AS TWICE FROM R) AS r ON S_001.K = r.K AND X + 6 > TWICE | 0 ANNA, 1 BOB, 2 null, 3 null
            ID, TAG FROM S_001 LEFT JOIN (SELECT K, 'known' AS TAG FROM R WHERE LIM = 4) AS r USING (K) | 0 null, 1 known, 2 null, 3 null
            ID, N FROM S_001 JOIN (SELECT BIG, N FROM (SELECT UPPER(K) AS BIG, NAME AS N, LIM FROM R) AS i WHERE LIM < 8) AS r ON UPPER(S_001.K) = r.BIG | 0 Anna, 1 Bob
            ID, r.NAME FROM S_001, (SELECT * FROM R WHERE LIM > 3) AS r WHERE S_001.K = r.K AND X < 5 | 0 Anne
            ID, r.NAME FROM (SELECT K, NAME FROM R) AS r JOIN S_001 ON S_001.K = r.K | 0 Anna, 0 Anne, 1 Bob
            ID, N FROM S_001 LEFT JOIN known USING (K) | 0 Anna, 0 Anne, 1 Bob, 2 null, 3 null
            ID, N FROM S_001 JOIN renamed ON S_001.K = renamed.KEY1 | 0 ANNA, 1 BOB
            ID, NAME FROM S_001 LEFT JOIN R AS r ON S_001.K = r.K AND X + r.LIM > 8 | 0 Anne, 1 Bob, 2 null, 3 null
            ID, K FROM S_001 WHERE EXISTS (SELECT 1 FROM R AS r WHERE r.K = S_001.K AND r.LIM + 1 > X) | 0 a
            ID, K FROM S_001 WHERE X IN (SELECT LIM + 1 FROM R) | 1 b, 3 null
            ID, K FROM S_001 JOIN R USING (K) JOIN R AS q USING (K) WHERE q.LIM > 4 | 0 a, 0 a
            ID, K || NAME FROM S_001 JOIN (VALUES ('a', 3), ('b', 5)) AS v (K, NAME0) USING (K) JOIN R USING (K) WHERE NAME0 > 3 | 1 bBob
            N, V FROM (SELECT STREAM * FROM S_001 JOIN R USING (K)) AS j (V, N, X, NAME, LIM) | 0 a, 0 a, 1 b
            N, NAME FROM (SELECT STREAM * FROM (SELECT K, NAME FROM R) AS r JOIN S_001 USING (K)) AS j (V, NAME, N, X) | 0 Anna, 0 Anne, 1 Bob
            N, V FROM (SELECT STREAM * FROM (SELECT K, NAME FROM R) AS r JOIN S_001 ON r.K = S_001.K) AS j (RK, V, N, K, X) | 0 Anna, 0 Anne, 1 Bob
            N, V FROM (SELECT STREAM * FROM S_001 NATURAL JOIN R NATURAL LEFT JOIN Z) AS j (NAME, V, N, X, LIM, ZONE) | 0 a, 0 a, 1 b
            N, RK FROM (SELECT STREAM r.*, S_001.* FROM S_001 JOIN R AS r USING (K)) AS j (RK, NAME, LIM, N, K, X) | 0 a, 0 a, 1 b
            N, V FROM (SELECT STREAM * FROM S_001 JOIN (VALUES ('a', 3), ('b', 5)) AS v (K, B) USING (K)) AS j (V, N, X, B) | 0 a, 1 b
            N, V FROM (SELECT STREAM * FROM S_001 AS a JOIN S_001 OVER (RANGE INTERVAL '5' SECOND PRECEDING) AS b USING (ID)) AS j (N, V, X, K, Y) | 0 a, 1 b, 2 z, 3 null
            N, V FROM (SELECT STREAM * FROM (SELECT STREAM ID, K FROM S_001 WHERE X < 3) OVER (RANGE INTERVAL '1' SECOND PRECEDING) AS a FULL JOIN (SELECT STREAM ID, X FROM S_001 WHERE X > 1) OVER (RANGE INTERVAL '1' SECOND PRECEDING) AS b USING (ID)) AS j (N, V, X) | 0 a, 1 null, 2 null, 3 null
            """;

    private static final String REFUSALS =
            """
            ID, r.K FROM S_001 JOIN (SELECT DISTINCT K FROM R) AS r ON S_001.K = r.K | without DISTINCT
            ID, r.K FROM S_001 JOIN (SELECT K, MAX(LIM) FROM R GROUP BY K) AS r ON S_001.K = r.K | without DISTINCT
            ID, NAME FROM S_001 JOIN (SELECT LIM AS K, NAME FROM R) AS r USING (K) | a text is compared with a number
            ID, NAME FROM S_001 JOIN R USING (NAME) | There is no column NAME
            ID, N FROM S_001 JOIN (SELECT K, OTHER AS N FROM R) AS r USING (K) | There is no column OTHER
            """;

    @Test
    void joinsTheRowsThatAQueryOfATableShows(@TempDir Path directory) throws Exception {
        List<String[]> cases = cases(CASES);

        Outcome outcome = run(cases, directory);

        assertThat(outcome.problems()).isEmpty();
        Map<String, List<String>> rows = new TreeMap<>();
        for (String line : outcome.rows()) {
            JsonNode row = new ObjectMapper().readTree(line);
            rows.computeIfAbsent(row.get("_stream").textValue(), k -> new ArrayList<>())
                    .add(row.get("N").asText() + " " + row.get("V").asText());
        }
        Map<String, String> found = new TreeMap<>();
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < cases.size(); i++) {
            found.put(
                    cases.get(i)[0],
                    rows.getOrDefault("E" + i, List.of()).stream()
                            .sorted()
                            .collect(Collectors.joining(", ")));
            expected.put(cases.get(i)[0], cases.get(i)[1]);
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void saysWhatCannotBeJoined(@TempDir Path directory) throws Exception {
        List<String[]> cases = cases(REFUSALS);

        Outcome outcome = run(cases, directory);

        assertThat(outcome.problems()).hasSameSizeAs(cases);
        for (int i = 0; i < cases.size(); i++) {
            assertThat(outcome.problems().get(i).line()).isEqualTo(i + 3);
            assertThat(outcome.problems().get(i).column()).isGreaterThan(1);
            assertThat(outcome.problems().get(i).reason()).contains(cases.get(i)[1]);
        }
    }

    private static List<String[]> cases(String lines) {
        return lines.lines().map(line -> line.split(" \\| ", 2)).toList();
    }

    private static Outcome run(List<String[]> cases, Path directory) throws Exception {
        Files.writeString(directory.resolve("r.csv"), "a,Anna,3\na,Anne,8\nb,Bob,4\nc,,1\n");
        Files.writeString(directory.resolve("z.csv"), "Anna,east\nBob,west\n");
        StringBuilder code = new StringBuilder(VIEWS);
        for (int i = 0; i < cases.size(); i++) {
            code.append("CREATE STREAM E%d (N INTEGER, V VARCHAR(16)); ".formatted(i))
                    .append("CREATE PUMP P%d AS INSERT INTO E%d SELECT STREAM ".formatted(i, i))
                    .append(cases.get(i)[0])
                    .append(";\n");
        }
        KdaApplication application = ApplicationDocument.readSchema("schema.json", SCHEMA);
        return KdaTest.run(code.toString(), application, directory, ROWS, "ROWTIME", null);
    }
}
