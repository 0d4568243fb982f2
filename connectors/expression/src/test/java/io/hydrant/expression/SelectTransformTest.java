package io.hydrant.expression;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.processing.ProcessingConfig;
import io.hydrant.delivery.transform.TransformContext;
import io.hydrant.delivery.transform.TransformSteps;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class SelectTransformTest {

    private static final long ARRIVAL = Instant.parse("2026-03-04T05:06:07.089Z").toEpochMilli();

    private static final String COLUMNS =
            "struct<id:int,big:bigint,name:string,price:decimal(38,2),ratio:double,ok:boolean,day:date,at:timestamp,"
                    + "tags:array<string>,attrs:map<string,int>,owner:struct<name:string,age:int>>";

    private static final String RECORD =
            """
            {"id": 7, "big": 9223372036854775807, "name": "Zoë \\"Z\\"", "price": 12345678901234567890.10, "ratio": 0.5, "ok": true,
             "day": "2026-01-02", "at": "2026-01-02 03:04:05.678", "tags": ["a", null, "c"], "attrs": {"x": 1},
             "owner": {"name": "Bo", "age": 50}, "unasked": [{}]}
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    SELECT id, name FROM records | {"id":7,"name":"Zoë \\"Z\\""}
                    SELECT NAME, Id FROM Records | {"NAME":"Zoë \\"Z\\"","Id":7}
                    SELECT * FROM records | {"id":7,"big":9223372036854775807,"name":"Zoë \\"Z\\"","price":12345678901234567890.10,"ratio":0.5,"ok":true,"day":"2026-01-02","at":"2026-01-02 03:04:05.678","tags":["a",null,"c"],"attrs":{"x":1},"owner":{"name":"Bo","age":50}}
                    SELECT id * 60 AS s, ratio / 4 AS r, price * 2 AS p FROM records | {"s":420,"r":0.125,"p":24691357802469135780.20}
                    SELECT owner.name AS n, tags[1] AS t, attrs['x'] AS x, attrs['y'] AS y FROM records | {"n":"Bo","t":"a","x":1,"y":null}
                    SELECT owner FROM records | {"owner":{"name":"Bo","age":50}}
                    SELECT UPPER(SUBSTRING(name FROM 1 FOR 3)) AS n, CHAR_LENGTH(name) AS l FROM records | {"n":"ZOË","l":7}
                    SELECT CASE WHEN id > 5 THEN 'many' ELSE 'few' END AS c FROM records | {"c":"many"}
                    SELECT CAST("at" AS DATE) AS d, "at" + INTERVAL '1' DAY AS n, EXTRACT(HOUR FROM "at") AS h FROM records | {"d":"2026-01-02","n":"2026-01-03 03:04:05.678","h":3}
                    SELECT stream_name, shard_id, sequence_number, partition_key, arrival_time FROM records | {"stream_name":"flights","shard_id":"shardId-000000000001","sequence_number":"42","partition_key":"AA","arrival_time":"2026-03-04 05:06:07.089"}
                    SELECT JSON_VALUE(payload, '$.owner.age') AS age FROM records | {"age":"50"}
                    SELECT SAFE_CAST(name AS INTEGER) AS n, COALESCE(attrs['y'], -1) AS y FROM records | {"n":null,"y":-1}
                    SELECT REGEXP_REPLACE(name, '[^A-Za-z]', '') AS n, MD5('x') AS m FROM records | {"n":"ZoZ","m":"9dd4e461268c8034f5c8564e155c67a6"}
                    SELECT twice + 1 AS v FROM (SELECT id * 2 AS twice, name FROM records WHERE id > 1) AS t WHERE twice > 13 | {"v":15}
                    SELECT r.* FROM (SELECT q.*, stream_name FROM records AS q) AS r | {"id":7,"big":9223372036854775807,"name":"Zoë \\"Z\\"","price":12345678901234567890.10,"ratio":0.5,"ok":true,"day":"2026-01-02","at":"2026-01-02 03:04:05.678","tags":["a",null,"c"],"attrs":{"x":1},"owner":{"name":"Bo","age":50},"stream_name":"flights"}
                    SELECT id FROM records WHERE id IN (1, 7, 9) AND name LIKE 'Z%' OR name IS NULL | {"id":7}
                    SELECT ROW(id, name) AS r, ARRAY[id, 8] AS a, MAP['k', id] AS m FROM records | {"r":{"EXPR$0":7,"EXPR$1":"Zoë \\"Z\\""},"a":[7,8],"m":{"k":7}}
                    """)
    void selectsOfARecord(String select, String expected) throws Exception {
        List<DeliveryRecord> out = run(select, COLUMNS, RECORD);
        assertThat(out).extracting(DeliveryRecord::failure).containsOnlyNulls();
        assertThat(payloads(out)).containsExactly(expected);
    }

    /** What goes on as it is takes another way than what is computed; both have to say the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    tinyint | -128 | -128
                    smallint | 32767 | 32767
                    int | -2147483648 | -2147483648
                    bigint | -9223372036854775808 | -9223372036854775808
                    bigint | 0 | 0
                    float | 0.5 | 0.5
                    double | 1e300 | 1.0E300
                    double | "Infinity" | "Infinity"
                    decimal(5,2) | -1.5 | -1.50
                    decimal(38,0) | 12345678901234567890123456789012345678 | 12345678901234567890123456789012345678
                    boolean | false | false
                    string | "\\u0001\\u001f\\b\\t\\n\\f\\r/\\\\\\"\\u007f" | "\\u0001\\u001F\\b\\t\\n\\f\\r/\\\\\\"\u007f"
                    string | "Zoë 日本 😀" | "Zoë 日本 😀"
                    string | "" | ""
                    varchar(3) | "abc" | "abc"
                    date | "1969-12-31" | "1969-12-31"
                    timestamp | "1969-12-31 23:59:59.999" | "1969-12-31 23:59:59.999"
                    array<int> | [] | []
                    array<string> | ["\\n",null] | ["\\n",null]
                    map<string,int> | {} | {}
                    map<string,int> | {"a\\"b":1,"c":null} | {"a\\"b":1,"c":null}
                    int | null | null
                    """)
    void aColumnReadsTheSameWhetherItGoesOnAsItIsOrIsComputedWith(
            String type, String value, String expected) throws Exception {
        String record = "{\"other\": {\"v\": [1]}, \"v\": " + value + ", \"n\": 1}";
        String columns = "struct<n:int,v:" + type + ">";

        assertThat(
                        payloads(
                                run(
                                        "SELECT v, CASE WHEN n = 1 THEN v ELSE NULL END AS c, v AS again FROM records",
                                        columns,
                                        record)))
                .containsExactly(
                        "{\"v\":%s,\"c\":%s,\"again\":%s}".formatted(expected, expected, expected));
        assertThat(payloads(run("SELECT v FROM records WHERE n = 1", columns, record)))
                .containsExactly("{\"v\":" + expected + "}");
    }

    @Test
    void theLastOfAMemberThatIsThereTwiceCountsInEveryRowByItself() throws Exception {
        assertThat(
                        payloads(
                                run(
                                        "SELECT id, name FROM records",
                                        COLUMNS,
                                        "{\"id\": 1, \"name\": \"a\", \"id\": 2}{\"name\": \"b\"}{\"id\": 3, \"name\": \"c\", \"name\": null}")))
                .containsExactly(
                        "{\"id\":2,\"name\":\"a\"}",
                        "{\"id\":null,\"name\":\"b\"}",
                        "{\"id\":3,\"name\":null}");
    }

    @Test
    void dropsWhatWhereDoesNotLetThrough() throws Exception {
        for (String condition : List.of("id > 7", "attrs['y'] > 0", "NOT ok")) {
            assertThat(run("SELECT id FROM records WHERE " + condition, COLUMNS, RECORD))
                    .as(condition)
                    .extracting(DeliveryRecord::disposition)
                    .containsExactly(Disposition.DROP);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0    | id <> 0 AND 10 / id > 1
                    0    | 10 > 20 AND 10 / id > 1
                    null | id IS NOT NULL AND 10 / id > 1
                    """)
    void doesNotEvaluateBehindAnAndThatIsDecided(String id, String condition) throws Exception {
        assertThat(
                        run(
                                "SELECT id FROM records WHERE " + condition,
                                COLUMNS,
                                "{\"id\": " + id + "}"))
                .extracting(DeliveryRecord::disposition)
                .containsExactly(Disposition.DROP);
    }

    @Test
    void doesNotEvaluateBehindAnOrThatIsDecided() throws Exception {
        String select =
                "SELECT id, (id = 0 OR 10 / id > 1) AS b FROM records WHERE id = 0 OR 10 / id > 1";
        assertThat(payloads(run(select, COLUMNS, "{\"id\": 0}")))
                .containsExactly("{\"id\":0,\"b\":true}");
        assertThat(payloads(run(select, COLUMNS, "{\"id\": 2}")))
                .containsExactly("{\"id\":2,\"b\":true}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    true  | null  | null
                    null  | true  | null
                    null  | false | false
                    false | null  | false
                    null  | null  | null
                    true  | true  | true
                    """)
    void knowsThreeTruths(String a, String b, String and) throws Exception {
        String columns = "struct<a:boolean,b:boolean>";
        String record = "{\"a\": %s, \"b\": %s}".formatted(a, b);
        assertThat(payloads(run("SELECT a AND b AS c FROM records", columns, record)))
                .containsExactly("{\"c\":" + and + "}");
        String or = "SELECT NOT (NOT a OR NOT b) AS c FROM records";
        assertThat(payloads(run(or, columns, record))).containsExactly("{\"c\":" + and + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "10 / (id - 7),/ by zero",
        "CAST(name AS INTEGER),NumberFormatException",
        "big + 1,overflow",
    })
    void sendsARecordThatTheSqlFailsForToTheErrorPrefixWithItsPayload(String value, String reason)
            throws Exception {
        List<DeliveryRecord> out = run("SELECT " + value + " AS v FROM records", COLUMNS, RECORD);

        assertThat(out)
                .extracting(DeliveryRecord::disposition)
                .containsExactly(Disposition.DEAD_LETTER);
        assertThat(out.get(0).failure().message()).contains(reason);
        assertThat(payloads(out)).containsExactly(RECORD);
    }

    @Test
    void sendsWhatDoesNotFitTheColumnsToTheErrorPrefixAndIgnoresWhatIsNotAskedFor()
            throws Exception {
        String record = "{\"id\": 1, \"ratio\": \"much\"}";

        assertThat(run("SELECT ratio FROM records", COLUMNS, record))
                .extracting(DeliveryRecord::disposition)
                .containsExactly(Disposition.DEAD_LETTER);
        assertThat(run("SELECT id FROM records", COLUMNS, "no JSON"))
                .extracting(DeliveryRecord::disposition)
                .containsExactly(Disposition.DEAD_LETTER);
        assertThat(payloads(run("SELECT id FROM records", COLUMNS, record)))
                .containsExactly("{\"id\":1}");
        assertThat(payloads(run("SELECT payload AS p FROM records", null, "no JSON")))
                .containsExactly("{\"p\":\"no JSON\"}");
    }

    @Test
    void makesARecordOfEachObjectThatWhereLetsThrough() throws Exception {
        List<DeliveryRecord> out =
                run(
                        "SELECT id FROM records WHERE id <> 2",
                        COLUMNS,
                        "{\"id\": 1}{\"id\": 2} {\"id\": 3}");

        assertThat(payloads(out)).containsExactly("{\"id\":1}", "{\"id\":3}");
    }

    @Test
    void takesPartitioningKeysOutOfTheObject() throws Exception {
        List<DeliveryRecord> out =
                run(
                        "SELECT id, name AS \"partitionKeys.who\", CAST(id AS VARCHAR) AS \"partitionKeys.id\" FROM records",
                        COLUMNS,
                        "{\"id\": 5, \"name\": \"x\"}");

        assertThat(payloads(out)).containsExactly("{\"id\":5}");
    }

    @Test
    void aDeclaredColumnTakesThePlaceOfOneThatEveryRecordHas() throws Exception {
        String columns = "struct<shard_id:int,payload:string>";

        assertThat(
                        payloads(
                                run(
                                        "SELECT * FROM records",
                                        columns,
                                        "{\"shard_id\": 3, \"payload\": \"p\"}")))
                .containsExactly("{\"shard_id\":3,\"payload\":\"p\"}");
    }

    private static List<DeliveryRecord> run(String select, String columns, String record)
            throws Exception {
        Configuration options = new Configuration();
        options.set(ExpressionOptions.SELECT, select);
        if (columns != null) {
            options.set(ExpressionOptions.COLUMNS, columns);
        }
        var transform = ExpressionConfig.from(options).orElseThrow().transform();
        TransformContext context =
                new TransformContext(
                        Map.copyOf(transform.parameters()), 0, 1, new UnregisteredMetricsGroup());
        List<DeliveryRecord> out = new ArrayList<>();
        try (TransformSteps steps =
                TransformSteps.open(
                        transform,
                        ProcessingConfig.NONE,
                        SelectTransformTest.class.getClassLoader(),
                        context,
                        Clock.systemUTC())) {
            byte[] payload = record.getBytes(StandardCharsets.UTF_8);
            Envelope envelope =
                    new Envelope(
                            "flights",
                            "shardId-000000000001",
                            "42",
                            0,
                            "AA",
                            ARRIVAL,
                            payload,
                            0,
                            payload.length);
            steps.process(envelope, into(out));
            steps.finish(into(out));
        }
        return out;
    }

    private static Collector<DeliveryRecord> into(List<DeliveryRecord> out) {
        return new Collector<>() {
            @Override
            public void collect(DeliveryRecord record) {
                out.add(record);
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    private static List<String> payloads(List<DeliveryRecord> records) {
        return records.stream()
                .map(record -> new String(record.envelope().payloadCopy(), StandardCharsets.UTF_8))
                .toList();
    }
}
