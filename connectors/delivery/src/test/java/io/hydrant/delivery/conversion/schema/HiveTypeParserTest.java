package io.hydrant.delivery.conversion.schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Source: Hive Language Manual, "Types". */
class HiveTypeParserTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boolean",
                "tinyint",
                "smallint",
                "int",
                "bigint",
                "float",
                "double",
                "decimal(38,0)",
                "decimal(1,1)",
                "string",
                "varchar(65535)",
                "char(255)",
                "binary",
                "date",
                "timestamp",
                "array<array<int>>",
                "map<string,array<struct<a:int>>>",
                "struct<a:int,b_2:string,`with space`:date,`tick``s`:date>",
                "struct<Case:int>",
            })
    void readsWhatItWrites(String text) {
        assertThat(HiveTypeParser.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    INTEGER                          | int
                    Real                             | float
                    decimal                          | decimal(10,0)
                    numeric(5)                       | decimal(5,0)
                    dec( 5 , 2 )                     | decimal(5,2)
                    ' array < struct< a : int , b:map<string,int> > > ' | array<struct<a:int,b:map<string,int>>>
                    struct<a-b.c d:int>              | struct<`a-b.c d`:int>
                    """)
    void readsOtherSpellings(String text, String canonical) {
        assertThat(HiveTypeParser.parse(text).text()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                     | position 1: a type is missing
                    struct<a:int,b:>       | position 16: a type is missing
                    array<>                | position 7: a type is missing
                    array<uniontype<int>>  | position 7: 'uniontype' is not a type that can be written
                    struct<a:int,b:money>  | position 16: 'money' is not a type that can be written
                    array<int              | position 10: '>' belongs here, but the text ends
                    map<string>            | position 11: ',' belongs here, not '>'
                    struct<:int>           | position 8: the name of a field is missing
                    struct<`a:int>         | position 8: the backtick is never closed
                    struct<a int>          | position 13: ':' belongs here, not '>'
                    struct<a:int,A:int>    | position 1: struct: the name 'A' is given twice
                    map<array<int>,int>    | position 1: map: the key array<int> is not allowed
                    decimal(39,0)          | position 1: decimal: the precision 39 is not allowed; 1 to 38
                    decimal(5,6)           | position 1: decimal: the scale 6 is not allowed; 0 to the precision 5
                    array<varchar(0)>      | position 7: varchar: the length 0 is not allowed; 1 to 65535
                    char(256)              | position 1: char: the length 256 is not allowed; 1 to 255
                    char(x)                | position 6: a whole number belongs here
                    char                   | position 5: '(' belongs here, but the text ends
                    int int                | position 5: nothing may follow the type int
                    """)
    void saysWhereATypeIsWrong(String text, String problem) {
        assertThatThrownBy(() -> HiveTypeParser.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "', " + problem);
    }

    @Test
    void refusesTypesThatOnlyNest() {
        assertThatThrownBy(() -> HiveTypeParser.parse("array<".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("types are nested deeper than 64");
    }
}
