package io.hydrant.launcher.demo;

import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.iceberg.TableReader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks readers that are not ours what is in the demo's table. */
final class IcebergAnswers {

    static final String TABLE = "demo.flights";

    private static final String CATALOG = "iceberg";
    private static final String COUNTS = "SELECT count(*), count(DISTINCT id) FROM delivered";

    private final TableReader reader;
    private final LocalStack localStack;
    private final Path database;

    /**
     * Answers.
     *
     * @param database the file of the catalog
     */
    IcebergAnswers(TableReader reader, LocalStack localStack, Path database) {
        this.reader = reader;
        this.localStack = localStack;
        this.database = database;
    }

    /**
     * What a reader says.
     *
     * @param rows rows in the table
     * @param flights different flights among them
     * @param answers rows of each answer
     */
    record Read(long rows, long flights, Map<Answer, List<List<String>>> answers) {

        List<List<String>> answer(Answer answer) {
            return answers.get(answer);
        }

        boolean agrees(ExpectedAnswers expected) {
            for (Answer each : Answer.values()) {
                if (!answer(each).equals(expected.rows(each))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Has the whole table read. */
    Read read(TableReader.Engine engine) throws IOException {
        List<String> queries = new ArrayList<>(List.of(COUNTS));
        for (Answer answer : Answer.values()) {
            queries.add(query(answer));
        }
        List<List<List<String>>> rows =
                reader.query(engine, CATALOG, pythonProperties(), TABLE, queries);
        List<String> counts = rows.get(0).get(0);
        Map<Answer, List<List<String>>> answers = new TreeMap<>();
        for (Answer answer : Answer.values()) {
            answers.put(answer, rows.get(1 + answer.ordinal()));
        }
        return new Read(Long.parseLong(counts.get(0)), Long.parseLong(counts.get(1)), answers);
    }

    private static String query(Answer answer) {
        return switch (answer) {
            case BUSIEST_AIRPORTS ->
                    """
                    SELECT row_number() OVER (ORDER BY count(dep_delay) DESC, dest), dest, count(dep_delay)
                    FROM delivered GROUP BY dest ORDER BY 1 LIMIT 5
                    """;
            case LATEST_CARRIERS ->
                    """
                    WITH carriers AS (
                      SELECT carrier, count(dep_delay) AS departed, round(avg(dep_delay), 1) AS late
                      FROM delivered GROUP BY carrier HAVING count(dep_delay) >= 10)
                    SELECT row_number() OVER (ORDER BY late DESC, carrier), carrier, departed, printf('%.1f', late)
                    FROM carriers ORDER BY 1 LIMIT 5
                    """;
            case DEPARTURES_BY_DAY ->
                    """
                    SELECT substr(event_time, 1, 10), count(dep_delay), count(*) - count(dep_delay)
                    FROM delivered GROUP BY 1 ORDER BY 1
                    """;
        };
    }

    /** Where the catalog is, as the job is told. */
    String catalogUri() {
        return "jdbc:sqlite:file:" + database;
    }

    /** How files are reached, as the job is told. */
    String fileProperties() {
        return "io-impl:org.apache.iceberg.aws.s3.S3FileIO,s3.path-style-access:true,s3.endpoint:'"
                + localStack.endpoint()
                + "',s3.access-key-id:"
                + localStack.accessKey()
                + ",s3.secret-access-key:"
                + localStack.secretKey()
                + ",client.region:"
                + localStack.region();
    }

    /** The same in Python. */
    private Map<String, String> pythonProperties() {
        return Map.of(
                "type", "sql",
                "uri", "sqlite:///" + database,
                "s3.endpoint", localStack.endpoint().toString(),
                "s3.access-key-id", localStack.accessKey(),
                "s3.secret-access-key", localStack.secretKey(),
                "s3.region", localStack.region());
    }

    /** How anybody reads the table while the demo keeps it. */
    String howToRead() {
        StringBuilder python =
                new StringBuilder(
                        "From another terminal (pip install 'pyiceberg[pyarrow,sql-sqlite]'):\n\n"
                                + "    from pyiceberg.catalog import load_catalog\n    load_catalog('"
                                + CATALOG
                                + "', **{");
        new TreeMap<>(pythonProperties())
                .forEach(
                        (key, value) ->
                                python.append('\'')
                                        .append(key)
                                        .append("': '")
                                        .append(value)
                                        .append("', "));
        return python.append("}).load_table('")
                .append(TABLE)
                .append("').scan().to_arrow()\n")
                .toString();
    }
}
