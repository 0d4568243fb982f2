package io.hydrant.delivery.processing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyQueriesTest {

    private static final String RECORD =
            """
            {"type": {"device": "mobile", "event": "user_clicked_submit_button"},
             "customer_id": "1234567890", "event_timestamp": 1565382027, "region": "sample_region",
             "id": 12345678901234567890, "half": 1.50, "one": 1.0, "big": 1e20, "yes": true, "none": null}
            """;

    private static final String DAMAGED =
            """
            {"a": {"x": [1, -2.5e-3, {"y": "z"}], "b": "wert"}, "é": "ü€😀", "s": "\\u00e9\\n\\\"/",
            \t"n": -120, "f": 1.50, "t": true, "o": [false, null, {}, [], "ü€😀"]}
            """;

    @ParameterizedTest(name = "guide: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "customer_id | .customer_id | 1234567890",
                "device      | .type.device | mobile",
                "year        | .event_timestamp§ strftime(\"%Y\") | 2019",
                "month       | .event_timestamp§ strftime(\"%m\") | 08",
                "day         | .event_timestamp§ strftime(\"%d\") | 09",
                "hour        | .event_timestamp§ strftime(\"%H\") | 20",
            })
    void evaluatesTheExpressionsOfTheGuide(String key, String expression, String value)
            throws Exception {
        String query = "{" + key + ":" + expression.replace('§', '|') + ",region}";

        assertThat(keys(query, RECORD))
                .containsOnly(Map.entry(key, value), Map.entry("region", "sample_region"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ".id                    | 12345678901234567890",
                ".half                  | 1.5",
                ".one                   | 1",
                ".big                   | 100000000000000000000",
                ".yes                   | true",
                ".[\"type\"].\"device\" | mobile",
                "(.customer_id[0:3])    | 123",
                "(if .none == null then \"-\" else .none end) | -",
                "(.event_timestamp / 3600 § floor)    | 434828",
                "(.event_timestamp § todate) | 2019-08-09T20:20:27Z",
                "(\"2019-08-09T20:20:27Z\" § fromdate) | 1565382027",
                "(\"09/Aug/2019:22:20:27 +0200\" § strptime(\"%d/%b/%Y:%H:%M:%S %z\") § mktime) | 1565389227",
                "(.event_timestamp § strftime(\"%-m/%-d %-H,%_H,%k,%l,%P,%g,%^a,%-j,%0e\")) | 8/9 20,20,20, 8,pm,19,FRI,221,09",
                "(1560000007 § strftime(\"%-H:%-M:%-S,%k,%_H,%e,%-e\")) | 13:20:7,13,13, 8,8",
                "(.event_timestamp § strflocaltime(\"%H %Z\")) | 20 UTC",
                "(.event_timestamp § localtime § mktime) | 1565382027",
                "(\"Grüße 漢字 😀 A\" § ascii_downcase) | grüße 漢字 😀 a",
                "(\"Grüße 漢字 😀 a\" § ascii_upcase) | GRüßE 漢字 😀 A",
                "(\"a😀\" § explode § implode) | a😀",
                "([{k: \"a\", v: 1}, {k: \"b\", v: 2}] § INDEX(.k) § .b.v) | 2",
                "(INDEX(({k: 7}, {k: 8}); .k)[\"8\"].k) | 8",
                "(.region § IN(\"x\", \"sample_region\")) | true",
                "(IN(.region; \"x\", \"y\")) | false",
                "([1, 2, 3] § bsearch(3)) | 2",
                "([1, 2, 3] § bsearch(0)) | -1",
                "(isempty(.none[]?)) | true",
                "([limit(3; 1 § repeat(. * 2))] § add) | 7",
                "(-3.7 § fabs) | 3.7",
                "(-3.7 § trunc) | -3",
                "(2.5 § rint) | 2",
                "(3.5 § nearbyint) | 4",
                "(fmod(-7; 3)) | -1",
                "(fmin(1; 2) + fmax(3; 4) + hypot(3; 4)) | 10",
                "(2 § pow10) | 100",
                "(ldexp(3; 2)) | 12",
                "(def twice(f; $n): [f, f] § .[$n]; twice(.region; 1)) | sample_region",
                "({if: 1, length: 2, then: .yes} § .if) | 1",
                "(\"\\(.region § if . == \"nope\" then null else \"\\(length)\" end)\" // \"\") | 13",
                "(.event_timestamp § gmtime § mktime) | 1565382027",
                "(.event_timestamp § strftime(\"%A %j %e %I %p %U %V %a %b %y %F %T %s\")) | Friday 221  9 08 PM 31 32 Fri Aug 19 2019-08-09 20:20:27 1565382027",
            })
    void writesValuesAsTextAndKnowsTheFunctionsOfDates(String expression, String value)
            throws Exception {
        assertThat(keys("{k: " + expression.replace('§', '|') + "}", RECORD))
                .containsOnly(Map.entry("k", value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a:.a}",
                "{a}",
                " { a : .a , \"b c\" : .x .y } ",
                "{a:.\"x y\"[\"z\"]}",
                "{a:.[\"x\"]}",
            })
    void looksPlainPathsUpWithoutATree(String query) {
        assertThat(KeyQueries.compile(query)).isInstanceOf(PathKeyQuery.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a:.}",
                "{a:.a[0]}",
                "{a:.a?}",
                "{a:.a|tostring}",
                "{a:.a,a:.b}",
                "{a:\"\\(.a)\"}",
                "{(.a):.b}",
                ".a|{a:.b}",
                "{a:.a}|.",
                "{a:(.a,.b)}",
                "{a:.a # comment\n}",
                "{a:..}"
            })
    void leavesEverythingElseToJq(String query) {
        assertThat(KeyQueries.compile(query)).isInstanceOf(JqKeyQuery.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{k: (.a § lowercase)} | lowercase is no function here",
                "{k: \"x\\(.a § uppercase)\"} | uppercase is no function here",
                "{a, k: (if .a then today else .b end)} | today is no function here",
                "{k: $ENV.HOME} | $ENV has no value here",
                "{k: input} | input is no function here",
                "{k: .a | Encountered",
            })
    void refusesWhatWouldFailForEveryRecord(String query, String problem) {
        String text = query.replace('§', '|');

        assertThatThrownBy(() -> KeyQueries.compile(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is no query of jq 1.6: ")
                .hasMessageContaining(problem);
    }

    @Test
    void knowsTheKeysOfAnObjectWhateverTheirValues() {
        assertThat(KeyQueries.compile("{a:.a,\"b c\":(.x|split(\",\")[0]),c:{d:1}}").keys())
                .containsExactlyInAnyOrder("a", "b c", "c");
        assertThat(KeyQueries.compile(".x|{a:.a}").keys()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {".v%d", "(.v%d | tostring)"})
    void givesMoreThanTheFiftyKeysOfFirehose(String expression) throws Exception {
        String query =
                IntStream.range(0, 60)
                        .mapToObj(i -> "k%d: ".formatted(i) + expression.formatted(i))
                        .collect(Collectors.joining(", ", "{", "}"));
        String record =
                IntStream.range(0, 60)
                        .mapToObj(i -> "\"v%d\": %d".formatted(i, i))
                        .collect(Collectors.joining(", ", "{", "}"));

        assertThat(keys(query, record)).hasSize(60).containsEntry("k59", "59");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a:.a", "", "{a:}", "!", "{a:.a}}", "nosuch(.a"})
    void refusesWhatIsNoQuery(String query) {
        assertThatThrownBy(() -> KeyQueries.compile(query))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + query + "' is no query of jq 1.6: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ".a               | {\"a\":1} | must make one object of a record, but made NUMBER",
                "{a:.a[]}         | {\"a\":[1,2]} | but made 2 results",
                "{a:.a.b}         | {\"a\":\"x\"} | The query failed: Cannot index string",
                "{a:.a.b}         | {\"a\":{\"b\":{}}} | The key a is OBJECT",
                "{a:.a}           | {\"a\":1} x | Non JSON record provided",
                "{a:.a}           | `` | Non JSON record provided",
            })
    void saysWhyARecordHasNoKeys(String query, String record, String reason) {
        assertThatThrownBy(() -> keys(query.replace('§', '|'), record))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining(reason);
    }

    /** The fast way and jq itself, on records with fields that are there, absent, null or odd. */
    @Property(tries = 2_000)
    void plainPathsSayWhatJqSays(@ForAll("records") String record) {
        String query = "{p:.a, q:.a.b, r:.b.a, s:.c.\"a\".b, \"t\":.[\"b\"]}";
        for (String each : List.of("{p:.a,t:.c}", "{q:.a.b,r:.b.a}", "{s:.c.a.b}", query)) {
            QueryOutline outline = QueryOutline.of(each);
            JqKeyQuery jq = JqKeyQuery.compile(each, outline.keys());
            KeyQuery fast = new PathKeyQuery(outline.paths(), jq);
            byte[] bytes = record.getBytes(StandardCharsets.UTF_8);

            assertThat(answer(fast, bytes)).as(each + " of " + record).isEqualTo(answer(jq, bytes));
        }
    }

    /** What is not quite JSON is no JSON by either way, and whatever is any is found by either. */
    @Property(tries = 20_000)
    void plainPathsSayWhatJqSaysOfARecordWithAByteMoreOrLess(
            @ForAll @IntRange(max = 1_000) int place,
            @ForAll byte value,
            @ForAll @IntRange(max = 2) int change) {
        byte[] bytes = DAMAGED.getBytes(StandardCharsets.UTF_8);
        int at = place % bytes.length;
        byte[] before = Arrays.copyOf(bytes, at);
        byte[] with = change == 0 ? new byte[0] : new byte[] {value};
        byte[] behind = Arrays.copyOfRange(bytes, change == 2 ? at : at + 1, bytes.length);
        byte[] record =
                ByteBuffer.allocate(before.length + with.length + behind.length)
                        .put(before)
                        .put(with)
                        .put(behind)
                        .array();
        String query = "{p:.a.b, q:.\"é\", r:.n, s:.f, t:.t}";
        QueryOutline outline = QueryOutline.of(query);
        JqKeyQuery jq = JqKeyQuery.compile(query, outline.keys());

        assertThat(answer(new PathKeyQuery(outline.paths(), jq), record))
                .as(new String(record, StandardCharsets.UTF_8))
                .isEqualTo(answer(jq, record));
    }

    /** Fields that came in an order lead to nothing in records that have another, or are wrong. */
    @Test
    void plainPathsSayWhatJqSaysOfRecordsOneAfterTheOther() {
        List<String> fields =
                List.of(
                        "\"id\":\"a b\"",
                        "\"n\":12",
                        "\"zero\":0",
                        "\"none\":null",
                        "\"umlaut é\":\"ü\"",
                        "\"p\":\"x\"",
                        "\"deep\":{\"p\":1,\"q\":[2]}",
                        "\"q\" : -7.5",
                        "\"escape\":\"\\\"\"",
                        "\"p\":2",
                        "\"last\":3");
        String query = "{p:.p, q:.q}";
        QueryOutline outline = QueryOutline.of(query);
        JqKeyQuery jq = JqKeyQuery.compile(query, outline.keys());
        KeyQuery fast = new PathKeyQuery(outline.paths(), jq);
        Random random = new Random(11);
        for (int i = 0; i < 5000; i++) {
            List<String> some = new ArrayList<>(fields);
            some.removeIf(field -> random.nextInt(6) == 0);
            if (random.nextInt(4) == 0) {
                Collections.shuffle(some, random);
            }
            String separator = random.nextInt(4) == 0 ? ", " : ",";
            byte[] record =
                    ('{' + String.join(separator, some) + '}').getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(3) == 0) {
                byte other = ",:\"\\{}0 é".getBytes(StandardCharsets.UTF_8)[random.nextInt(10)];
                record[random.nextInt(record.length)] = other;
            }
            byte[] whole =
                    random.nextInt(4) == 0
                            ? without(random.nextInt(record.length), record)
                            : record;

            assertThat(answer(fast, whole))
                    .as(new String(whole, StandardCharsets.UTF_8))
                    .isEqualTo(answer(jq, whole));
        }
    }

    @Test
    void findsPathsAmongMoreNamesThanItRemembers() throws Exception {
        KeyQuery query = KeyQueries.compile("{p:.p}");
        String longest = "n".repeat(300);
        for (int i = 0; i < 5000; i++) {
            String record =
                    "{\"a\":1,\""
                            + i
                            + "\":2,\""
                            + longest
                            + "\":\"\",\"p\":\""
                            + i
                            + "\",\"z\":0}";

            assertThat(query.keysOf(Bytes.of(record.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(Map.of("p", String.valueOf(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"x\",\"b\":\"\\u00e9\\n\\\"\"}",
                " { \"é\" : [ -1.5e+3 , [ ] , { } , true , false , null ] , \"a\" : \"ü€😀\" } ",
                "{\"a\":null,\"b\":{\"a\":[{\"c\":[1]}]},\"a\":7}",
                "{}",
            })
    void needsNoTreeForARecordWhosePathsArePlain(String record) throws Exception {
        KeyQuery noTree =
                new KeyQuery() {
                    @Override
                    public Map<String, String> keysOf(Bytes unused) {
                        throw new AssertionError("the tree was asked for");
                    }

                    @Override
                    public Set<String> keys() {
                        return Set.of();
                    }
                };
        byte[] bytes = ("xx" + record + "xx").getBytes(StandardCharsets.UTF_8);
        Bytes slice = new Bytes(bytes, 2, bytes.length - 4);
        KeyQuery fast = new PathKeyQuery(Map.of("k", List.of("a")), noTree);

        assertThat(fast.keysOf(slice))
                .isEqualTo(JqKeyQuery.compile("{k:.a}", Set.of("k")).keysOf(slice));
    }

    @Provide
    Arbitrary<String> records() {
        return value(4).map(String::valueOf)
                .flatMap(
                        text ->
                                Arbitraries.frequencyOf(
                                        Tuple.of(8, Arbitraries.just(text)),
                                        Tuple.of(
                                                1,
                                                Arbitraries.integers()
                                                        .between(0, text.length())
                                                        .map(end -> text.substring(0, end))),
                                        Tuple.of(1, Arbitraries.just(text + "{}")),
                                        Tuple.of(
                                                1,
                                                Arbitraries.just(
                                                        text.replaceFirst(
                                                                "\\{",
                                                                "{\"a\":{\"b\":1},\"c\":7,")))));
    }

    private static Arbitrary<JsonNode> value(int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Arbitrary<JsonNode> scalar =
                Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(4).map(nodes::textNode),
                        Arbitraries.longs().map(nodes::numberNode),
                        Arbitraries.bigIntegers().map(nodes::numberNode),
                        Arbitraries.doubles().map(nodes::numberNode),
                        Arbitraries.of(true, false).map(nodes::booleanNode),
                        Arbitraries.just(nodes.nullNode()));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<JsonNode> object =
                Arbitraries.maps(
                                Arbitraries.of("a", "b", "c"),
                                Arbitraries.lazy(() -> value(depth - 1)))
                        .ofMaxSize(3)
                        .map(
                                fields -> {
                                    ObjectNode node = nodes.objectNode();
                                    fields.forEach(node::set);
                                    return node;
                                });
        return Arbitraries.frequencyOf(
                Tuple.of(1, scalar),
                Tuple.of(5, object),
                Tuple.of(
                        1,
                        scalar.list()
                                .ofMaxSize(2)
                                .map(values -> nodes.arrayNode().addAll(values))));
    }

    private static byte[] without(int place, byte[] record) {
        byte[] rest = Arrays.copyOf(record, record.length - 1);
        System.arraycopy(record, place + 1, rest, place, rest.length - place);
        return rest;
    }

    private static Object answer(KeyQuery query, byte[] record) {
        try {
            return query.keysOf(Bytes.of(record));
        } catch (ProcessingException e) {
            return e.getMessage();
        }
    }

    private static Map<String, String> keys(String query, String record) throws Exception {
        return KeyQueries.compile(query).keysOf(Bytes.of(record.getBytes(StandardCharsets.UTF_8)));
    }
}
