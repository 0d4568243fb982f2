package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.conversion.schema.HiveTypeParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** What is read from the bytes is what the parser makes of them, or nothing. */
class JsonScanTest {

    private static final HiveType.Struct COLUMNS =
            (HiveType.Struct)
                    HiveTypeParser.parse(
                            "struct<id:string,n:int,big:bigint,f:float,d:double,dec:decimal(7,2),wide:decimal(38,10),"
                                    + "b:boolean,t:timestamp,day:date,v:varchar(3),c:char(4),bin:binary,"
                                    + "list:array<int>,map:map<string,double>,inner:struct<n:int,s:string>,"
                                    + "many:array<struct<k:string,v:string>>>");

    private static final String[] KEYS = {
        "id", "n", "N", "big", "f", "d", "dec", "wide", "b", "t", "day", "v", "c", "bin", "list",
        "map", "inner", "many", "other", "é"
    };

    private static final String[] VALUES = {
        "\"x\"",
        "\"\"",
        "\"ab cd  \"",
        "\"é😀\"",
        "\"a\\\"b\"",
        "\"\\u00e9\"",
        "\"12\"",
        "\"1.5\"",
        "\"true\"",
        "\"2024-02-29\"",
        "\"2024-02-29 01:02:03.4\"",
        "\"2024-02-29T01:02:03Z\"",
        "0",
        "-0",
        "0.0",
        "-0.0",
        "7",
        "-128",
        "2147483648",
        "999999999999999999",
        "9223372036854775807",
        "1518033528123",
        "1518033528.123456789",
        "0.1",
        "123.455",
        "-99999.995",
        "9007199254740993",
        "0.000000000000000001",
        "1e3",
        "01",
        "1.",
        "true",
        "false",
        "null",
        "{}",
        "[]",
        "[1, null, 3]",
        "[1,]",
        "{\"n\":1,\"s\":\"y\"}",
        "{\"k\": 0.5, \"l\":null}",
        "[{\"k\":\"a\",\"v\":\"b\"},{\"v\":\"c\",\"k\":\"d\"}]",
        "[[{\"a\":[true,false,null,-1.5]}]]"
    };

    private static final String[] SPACES = {"", "", "", " ", "\n", "\t", "\r\n "};

    @Test
    void readsWhatTheParserReads() throws Exception {
        Random random = new Random(11);
        for (JsonSerDe serDe : List.of(JsonSerDe.DEFAULT, new JsonSerDe.Hive(List.of("millis")))) {
            JsonRows rows = new JsonRows(COLUMNS, serDe);
            int scanned = 0;
            for (int i = 0; i < 15_000; i++) {
                byte[] json = document(random).getBytes(StandardCharsets.UTF_8);
                for (int damage = random.nextInt(6) - 3; damage > 0; damage--) {
                    json[random.nextInt(json.length)] = (byte) random.nextInt(256);
                }
                scanned += isScannedLikeParsed(rows, json) ? 1 : 0;
            }
            assertThat(scanned).as("documents that took no parser").isBetween(1_000, 14_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\",\"n\":1,\"t\":\"2024-02-29 01:02:03\",\"other\":{\"x\":[1,{}]}}",
                " {\"id\" : \"é😀\" , \"d\" : -1.5 }\n{\"id\":7}\r\n",
                "{\"inner\":{\"n\":1,\"s\":null},\"list\":[1,2],\"map\":{\"a\":1},\"many\":[{\"k\":\"1\"}]}",
                "{}"
            })
    void takesNoParserForPlainRecords(String json) throws Exception {
        assertThat(
                        isScannedLikeParsed(
                                new JsonRows(COLUMNS, JsonSerDe.DEFAULT),
                                json.getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "[]",
                "{\"id\":\"a\\nb\"}",
                "{\"d\":1e3}",
                "{\"id\":{\"a\":1}}",
                "{\"other\":12345678901234567890}",
                "{\"n\":\"x\"}",
                "{\"n\":1} x",
                "{\"n\":1,}",
                "{\"n\" 1}",
                "{\"n\":1"
            })
    void leavesTheRestToTheParser(String json) {
        JsonRows rows = new JsonRows(COLUMNS, JsonSerDe.DEFAULT);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        assertThat(rows.scan(bytes, 0, bytes.length, new GrowingBytes(0))).isZero();
    }

    @Test
    void leavesToTheParserWhatIsNotUtf8() {
        for (String hex :
                List.of("80", "c0af", "c3", "e08080", "eda080", "f0808080", "f4908080", "ff")) {
            byte[] text = new BigInteger(hex, 16).toByteArray();
            GrowingBytes json = new GrowingBytes(0);
            json.write("{\"id\":\"".getBytes(StandardCharsets.UTF_8));
            json.write(text, text[0] == 0 ? 1 : 0, text.length - (text[0] == 0 ? 1 : 0));
            json.write("\"}".getBytes(StandardCharsets.UTF_8));

            assertThat(
                            new JsonRows(COLUMNS, JsonSerDe.DEFAULT)
                                    .scan(json.array(), 0, json.length(), new GrowingBytes(0)))
                    .as(hex)
                    .isZero();
        }
    }

    @Test
    void plainRecordsAreReadTheSameWhateverCameBeforeThem() throws Exception {
        JsonRows rows = new JsonRows(COLUMNS, JsonSerDe.DEFAULT);
        byte[] plain = "{\"id\":\"a\",\"n\":1}".getBytes(StandardCharsets.UTF_8);
        GrowingBytes expected = new GrowingBytes(0);
        rows.append(plain, 0, plain.length, expected);

        byte[] escaped = "{\"id\":\"\\n\",\"n\":2}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3000; i++) {
            GrowingBytes out = new GrowingBytes(0);
            assertThat(rows.append(escaped, 0, escaped.length, out)).isOne();
            out.clear();
            assertThat(rows.append(plain, 0, plain.length, out)).isOne();
            assertThat(out.toByteArray()).isEqualTo(expected.toByteArray());
        }
    }

    private static boolean isScannedLikeParsed(JsonRows rows, byte[] json) throws Exception {
        GrowingBytes scanned = new GrowingBytes(0);
        int count = rows.scan(json, 0, json.length, scanned);
        if (count == 0) {
            return false;
        }
        GrowingBytes parsed = new GrowingBytes(0);
        assertThat(rows.parse(json, 0, json.length, parsed))
                .as(new String(json, StandardCharsets.ISO_8859_1))
                .isEqualTo(count);
        assertThat(scanned.toByteArray())
                .as(new String(json, StandardCharsets.ISO_8859_1))
                .isEqualTo(parsed.toByteArray());
        return true;
    }

    private static String document(Random random) {
        StringBuilder json = new StringBuilder();
        for (int rows = random.nextInt(8) / 6; rows >= 0; rows--) {
            space(random, json).append('{');
            int fields = random.nextInt(4);
            for (int i = 0; i < fields; i++) {
                space(random, json.append(i > 0 ? "," : ""));
                json.append('"').append(KEYS[random.nextInt(KEYS.length)]).append('"');
                space(random, json).append(':');
                space(random, json).append(VALUES[random.nextInt(VALUES.length)]);
                space(random, json);
            }
            space(random, json.append('}'));
        }
        return json.toString();
    }

    private static StringBuilder space(Random random, StringBuilder json) {
        return json.append(SPACES[random.nextInt(SPACES.length)]);
    }
}
