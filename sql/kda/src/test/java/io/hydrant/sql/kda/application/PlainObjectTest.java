package io.hydrant.sql.kda.application;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Holds records that are read byte by byte against the same in an array, read as a tree. */
class PlainObjectTest {

    private static final List<String> MAPPINGS =
            List.of("$.a", "$.b.a", "$.b.c", "$.b.b.a", "$.c", "$.b.longer name", "$.a");

    private static final List<String> TYPES =
            List.of(
                    "VARCHAR(40)",
                    "CHAR(3)",
                    "INTEGER",
                    "BIGINT",
                    "DECIMAL(10,2)",
                    "REAL",
                    "DOUBLE",
                    "BOOLEAN",
                    "TIMESTAMP");

    @Property(tries = 3_000)
    void findsWhatATreeOfTheWholeTextHolds(
            @ForAll("objects") String object, @ForAll("columnTypes") List<String> types) {
        RecordDecoder decoder = RecordDecoder.of(schema(types));

        DecodedRows read = DecodedRows.of(decoder, object);
        DecodedRows fromTree = DecodedRows.of(decoder, "[" + object + "]");

        assertThat(read.rows()).isEqualTo(fromTree.rows());
        assertThat(read.errors()).isEqualTo(fromTree.errors());
        assertThat(read.rows().size() + read.errors().size()).isOne();
    }

    @Test
    void takesTheLastOfMembersWithTheSameName() {
        String twice =
                "{\"b\":{\"a\":1,\"b\":{\"a\":2},\"c\":3},\"b\":{\"c\":4},\"a\":5,\"a\":null}";

        assertThat(reads(twice, MAPPINGS)).isTrue();
        assertThat(
                        DecodedRows.of(
                                        RecordDecoder.of(
                                                schema(Collections.nCopies(7, "VARCHAR(8)"))),
                                        twice)
                                .rows())
                .containsExactly(Arrays.asList(null, null, "4", null, null, null, null));
    }

    @Property(tries = 3_000)
    void takesNothingThatIsNoJson(
            @ForAll("objects") String object,
            @ForAll char in,
            @ForAll("places") int place,
            @ForAll boolean replaces) {
        int at = place % object.length();
        String changed = object.substring(0, at) + in + object.substring(replaces ? at + 1 : at);

        if (reads(changed, MAPPINGS)) {
            JsonMapper strict =
                    JsonMapper.builder()
                            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                            .build();
            assertThatCode(() -> strict.readTree(changed)).as(changed).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"a\" : 1 , \"b\":\"x y\"}\n",
                "{\"a\":-0.50,\"z\":[1,{\"y\":[]},\"]\"],\"b\":null}",
                "{\"a\":{\"b\":true,\"z\":{\"c\":false}},\"b\":{\"longer name\":123456789012345678}}",
            })
    void readsWhatMostRecordsAre(String record) {
        assertThat(reads(record, List.of("$.a.b", "$.b.longer name", "$.c"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"c\":1",
                "{\"c\":1}}",
                "{\"c\":1}{\"c\":2}",
                "{\"c\":1,}",
                "{,}",
                "{\"c\" 1}",
                "{c:1}",
                "{\"c\":01}",
                "{\"c\":-}",
                "{\"c\":1.}",
                "{\"c\":.5}",
                "{\"c\":1e2}",
                "{\"c\":1x}",
                "{\"c\":truely}",
                "{\"c\":nul}",
                "{\"c\":NaN}",
                "{\"c\":1234567890123456789}",
                "{\"c\":\"\\n\"}",
                "{\"c\":\"\n\"}",
                "{\"z\":\"é\"}",
                "{\"é\":1}",
                "{\"c\":{}}",
                "{\"c\":[]}",
                "{\"a\":[{\"b\":1}]}",
                "{\"z\":[1,]}",
                "{\"z\":[1}",
            })
    void leavesTheRestToTheParser(String record) {
        assertThat(reads(record, List.of("$.a.b", "$.b.longer name", "$.c"))).isFalse();
    }

    @Test
    void leavesWhatIsDeepToTheParser() {
        String deep = "[".repeat(60) + "]".repeat(60);

        assertThat(reads("{\"z\":" + deep + "}", List.of("$.a"))).isFalse();
        assertThat(reads("{\"z\":" + deep.substring(20, 100) + "}", List.of("$.a"))).isTrue();
    }

    @Test
    void isNotForPathsIntoArrays() {
        assertThat(of(List.of("$.a", "$.b[1]"))).isNull();
        assertThat(of(List.of("$.a[0:].b"))).isNull();
        assertThat(of(List.of("$"))).isNull();
        assertThat(of(List.of())).isNull();
    }

    private static boolean reads(String record, List<String> mappings) {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        // What stands behind the record must not be taken for a part of it.
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = '}';
        return of(mappings).reads(longer, 0, bytes.length);
    }

    private static PlainObject of(List<String> mappings) {
        return PlainObject.of(
                mappings.stream().map(ColumnPath::parse).toArray(ColumnPath[]::new),
                column -> false);
    }

    @Provide
    Arbitrary<List<String>> columnTypes() {
        return Arbitraries.of(TYPES).list().ofSize(MAPPINGS.size());
    }

    @Provide
    Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, 200);
    }

    @Provide
    Arbitrary<String> objects() {
        return object(3);
    }

    private static Arbitrary<String> object(int depth) {
        Arbitrary<String> member =
                Combinators.combine(
                                Arbitraries.of("a", "b", "c", "d", "longer name"), value(depth - 1))
                        .as((name, value) -> "\"" + name + "\" : " + value);
        return member.list().ofMaxSize(4).map(members -> "{" + String.join(",", members) + "}");
    }

    private static Arbitrary<String> value(int depth) {
        Arbitrary<String> scalar =
                Arbitraries.of(
                        "null",
                        "true",
                        "false",
                        "0",
                        "-0",
                        "-17",
                        "2147483648",
                        "999999999999999999",
                        "9223372036854775808",
                        "1.10",
                        "-0.0",
                        "0.1",
                        "123456789.123456789",
                        "1e2",
                        "\"\"",
                        "\"7\"",
                        "\" x,y}\"",
                        "\"2024-02-29 01:02:03.004\"",
                        "\"é\"");
        if (depth == 0) {
            return scalar;
        }
        return Arbitraries.oneOf(
                scalar,
                object(depth),
                value(depth - 1)
                        .list()
                        .ofMaxSize(2)
                        .map(elements -> "[" + String.join(",", elements) + "]"));
    }

    private static RecordSchema schema(List<String> types) {
        return new RecordSchema(
                IntStream.range(0, types.size())
                        .mapToObj(
                                i ->
                                        new RecordColumn(
                                                "C" + i,
                                                MAPPINGS.get(i),
                                                ColumnType.parse(types.get(i))))
                        .toList(),
                new RecordFormat.Json("$"));
    }
}
