package io.hydrant.sql.kda.application;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds objects that are read member by member against the same in an array, read as a tree. */
class TopMembersTest {

    private static final List<String> MAPPINGS =
            List.of("$.a", "$.b", "$.a.b", "$.a[1]", "$.b.a[0:]", "$.c", "$.a");

    private static final List<String> TYPES =
            List.of("VARCHAR(40)", "INTEGER", "BIGINT", "DECIMAL(10,2)", "DOUBLE", "BOOLEAN");

    @Property(tries = 3_000)
    void findsWhatATreeOfTheWholeTextHolds(
            @ForAll("objects") String object, @ForAll("columnTypes") List<String> types) {
        RecordDecoder decoder = decoder(types);

        DecodedRows read = DecodedRows.of(decoder, object);
        DecodedRows fromTree = DecodedRows.of(decoder, "[" + object + "]");

        assertThat(read.rows()).isEqualTo(fromTree.rows());
        assertThat(read.errors()).isEqualTo(fromTree.errors());
        assertThat(read.rows().size() + read.errors().size()).isOne();
    }

    @Test
    void takesTheLastOfMembersWithTheSameName() {
        assertThat(
                        DecodedRows.of(decoder(List.of("INTEGER", "BIGINT")), "{\"a\":1,\"a\":2}")
                                .rows())
                .singleElement()
                .asList()
                .startsWith(2);
    }

    @Property(tries = 1_000)
    void leavesOutNothingButTextsThatNobodyReads(
            @ForAll("objects") String object, @ForAll("columnTypes") List<String> types) {
        RecordSchema schema = schema(types);

        DecodedRows all = DecodedRows.of(RecordDecoder.of(schema), object);
        DecodedRows some =
                DecodedRows.of(RecordDecoder.of(schema, column -> column % 2 == 0), object);

        assertThat(some.errors()).isEqualTo(all.errors());
        assertThat(some.rows()).hasSameSizeAs(all.rows());
        for (int row = 0; row < all.rows().size(); row++) {
            for (int column = 0; column < types.size(); column++) {
                Object value = some.rows().get(row).get(column);
                if (column % 2 == 0 || value != null) {
                    assertThat(value).isEqualTo(all.rows().get(row).get(column));
                }
            }
        }
    }

    @Test
    void leavesOutATextThatNobodyReads() {
        RecordSchema schema = schema(List.of("VARCHAR(40)", "VARCHAR(40)", "BIGINT"));

        assertThat(
                        DecodedRows.of(
                                        RecordDecoder.of(schema, column -> column == 0),
                                        "{\"a\":\"x\",\"b\":\"y\"}")
                                .rows())
                .singleElement()
                .asList()
                .startsWith("x", null);
    }

    @Test
    void refusesWhatIsNotJsonBehindTheLastColumn() {
        for (String broken :
                List.of("{\"a\":1", "{\"a\":1,}", "{\"a\":1,\"z\":{]}", "{\"a\":1,\"z\":\"\n\"}")) {
            DecodedRows decoded = DecodedRows.of(decoder(List.of("INTEGER")), broken);

            assertThat(decoded.rows()).as(broken).isEmpty();
            assertThat(decoded.errors())
                    .as(broken)
                    .singleElement()
                    .asString()
                    .startsWith("PARSE_ERROR");
        }
    }

    @Provide
    Arbitrary<List<String>> columnTypes() {
        return Arbitraries.of(TYPES).list().ofSize(MAPPINGS.size());
    }

    @Provide
    Arbitrary<String> objects() {
        return object(3);
    }

    private static Arbitrary<String> object(int depth) {
        Arbitrary<String> member =
                Combinators.combine(Arbitraries.of("a", "b", "c", "d"), value(depth - 1))
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
                        "-17",
                        "2147483648",
                        "9223372036854775807",
                        "9223372036854775808",
                        "1.10",
                        "1e2",
                        "1.5e400",
                        "\"\"",
                        "\"7\"",
                        "\"é \\u00e9 \\n\"");
        if (depth == 0) {
            return scalar;
        }
        return Arbitraries.oneOf(
                scalar,
                object(depth),
                value(depth - 1)
                        .list()
                        .ofMaxSize(3)
                        .map(elements -> "[" + String.join(",", elements) + "]"));
    }

    private static RecordDecoder decoder(List<String> types) {
        return RecordDecoder.of(schema(types));
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
