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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
                "(\"09/Aug/2019:22:20:27 +0200\" § strptime(\"%d/%b/%Y:%H:%M:%S %z\") § mktime) | 1565382027",
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
                "{a:.a§nosuch}    | {\"a\":1} | The query failed: Function nosuch/0 does not exist",
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

            assertThat(answer(fast, record))
                    .as(each + " of " + record)
                    .isEqualTo(answer(jq, record));
        }
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

    private static Object answer(KeyQuery query, String record) {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        try {
            return query.keysOf(Bytes.of(bytes));
        } catch (ProcessingException e) {
            return e.getMessage();
        }
    }

    private static Map<String, String> keys(String query, String record) throws Exception {
        return KeyQueries.compile(query).keysOf(Bytes.of(record.getBytes(StandardCharsets.UTF_8)));
    }
}
