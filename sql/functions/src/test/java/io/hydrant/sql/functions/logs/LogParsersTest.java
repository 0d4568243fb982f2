package io.hydrant.sql.functions.logs;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LogParsersTest {

    private static final String COMMON_LINE =
            "192.168.254.30 - John [24/May/2004:22:01:02 -0700]"
                    + " \"GET /icons/apache_pb.gif HTTP/1.1\" 304 0";

    @Test
    void regexMakesAColumnOfEveryGroup() {
        RegexLogParse function = new RegexLogParse();

        assertThat(function.eval("HEALTHCARE", ".*([E].).*([R].*)")).isEqualTo(row("EA", "RE"));
        assertThat(function.eval("ENERGY", ".*([E].).*([R].*)")).isEqualTo(row("EN", "RGY"));
        assertThat(function.eval("FINANCIAL", ".*([E].).*([R].*)")).isNull();
        assertThat(function.eval(null, "(.*)")).isNull();
        assertThat(function.eval("a1", "([a-z])|([0-9])")).isNull();
        assertThat(function.eval("a", "([a-z])|([0-9])")).isEqualTo(row("a", null));
        assertThat(function.eval("a1", "([a-z])([0-9])", "letter VARCHAR(1), digit INTEGER"))
                .isEqualTo(row("a", 1));
    }

    @Test
    void regexFollowsTheGuidesExample() {
        String entry =
                "203.0.113.24 - - [25/Mar/2018:15:25:37 -0700] \"GET /index.php HTTP/1.1\" 200 125 \"-\""
                        + " \"Mozilla/5.0 [en] Gecko/20100101 Firefox/52.0\"";

        assertThat(new RegexLogParse().eval(entry, "(\\w.+) (\\d.+) (\\w.+) (\\w.+)"))
                .isEqualTo(
                        row(
                                "203.0.113.24 - - [25/Mar/2018:15:25:37 -0700] \"GET /index.php"
                                        + " HTTP/1.1\" 200",
                                "125 \"-\" \"Mozilla/5.0 [en]",
                                "Gecko/20100101",
                                "Firefox/52.0\""));
    }

    @Test
    void variableColumnsAreSplitAtADelimiter() {
        VariableColumnLogParse function = new VariableColumnLogParse();
        String columns = "COL_1 TYPE VARCHAR(16), COL_2 TYPE VARCHAR(16), COL_3 TYPE VARCHAR(16)";

        assertThat(function.eval("x,y,z", columns, ",")).isEqualTo(row("x", "y", "z"));
        assertThat(function.eval("x,y", 3, ",")).isEqualTo(row("x", "y", null));
        assertThat(function.eval("x,y,z", 2, ",")).isEqualTo(row("x", "y"));
        assertThat(function.eval("a\\,b,c", 2, ",", "\\")).isEqualTo(row("a,b", "c"));
        assertThat(function.eval("'a,b',c", 2, ",", "\\", "'")).isEqualTo(row("a,b", "c"));
        assertThat(function.eval("[a|b]|c", 2, "|", "", "[]")).isEqualTo(row("a|b", "c"));
        assertThat(function.eval("\"say \"\"hi\"\"\"::b", 2, "::", "", "\""))
                .isEqualTo(row("say \"hi\"", "b"));
        assertThat(function.eval("a\tb", 2, "\t")).isEqualTo(row("a", "b"));
    }

    @Test
    void columnsHaveTypes() {
        String columns =
                "n TYPE INTEGER, \"price\" TYPE DECIMAL(6, 2), f TYPE DOUBLE PRECISION, ok TYPE BOOLEAN,"
                        + " d TYPE DATE 'dd/MM/yyyy', t TYPE TIMESTAMP 'dd/MMM/yyyy:HH:mm:ss',"
                        + " h TYPE TIME, s TYPE VARCHAR(3)";
        RowData row =
                new VariableColumnLogParse()
                        .eval(
                                "7;12.345; 1e3;TRUE;24/05/2004;24/May/2004:22:01:02;22:01:02;abcdef",
                                columns,
                                ";");

        assertThat(row)
                .isEqualTo(
                        row(
                                7,
                                DecimalData.fromBigDecimal(new java.math.BigDecimal("12.35"), 6, 2),
                                1000.0,
                                true,
                                (int) LocalDate.of(2004, 5, 24).toEpochDay(),
                                TimestampData.fromLocalDateTime(
                                        LocalDateTime.parse("2004-05-24T22:01:02")),
                                (22 * 3600 + 62) * 1000,
                                "abc"));
        assertThat(ColumnList.parse(columns, false))
                .extracting(LogColumn::name)
                .containsExactly("N", "price", "F", "OK", "D", "T", "H", "S");
    }

    @Test
    void aValueThatIsNoneOfItsTypeIsNull() {
        VariableColumnLogParse function = new VariableColumnLogParse();

        assertThat(function.eval("x,1", "a TYPE INT, b TYPE INT", ",")).isEqualTo(row(null, 1));
        assertThat(function.eval("x,1", "a TYPE INT NOT NULL, b TYPE INT", ",")).isNull();
        assertThat(function.eval("x", "a TYPE DATE", ",")).isEqualTo(row((Object) null));
        assertThat(function.eval("x", "a TYPE BOOLEAN", ",")).isEqualTo(row((Object) null));
    }

    @Test
    void fixedColumnsHaveAPlace() {
        FixedColumnLogParse function = new FixedColumnLogParse();
        String columns =
                "a TYPE VARCHAR(2) START 0 FOR 2, b TYPE INT START 3 FOR 3, c TYPE CHAR(9) START 6";

        assertThat(function.eval("xy 123rest", columns)).isEqualTo(row("xy", 123, "rest"));
        assertThat(function.eval("xy 1", columns)).isEqualTo(row("xy", 1, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a TYPE COLOUR; Expected a type",
                "a TYPE INT b; a comma or the end at character 12",
                "\"a; a closing quote",
                "a TYPE DATE 'QQ'; a pattern of SimpleDateFormat",
                "a TYPE INT NOT; NULL at character 15",
                "'0'; from 1 to 1000",
            })
    void refusesListsOfColumnsWithTheirPlace(String columns, String reason) {
        String given = columns.equals("'0'") ? "0" : columns;
        assertThatThrownBy(() -> new VariableColumnLogParse().eval("x", given, ","))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesOtherLiteralsThatMakeNoSense() {
        assertThatThrownBy(() -> new FixedColumnLogParse().eval("x", "a TYPE INT"))
                .hasMessageContaining("START at character 11");
        assertThatThrownBy(() -> new RegexLogParse().eval("x", "x"))
                .hasMessageContaining("has no group");
        assertThatThrownBy(() -> new RegexLogParse().eval("x", "(x"))
                .hasMessageContaining("is no pattern of java.util.regex");
        assertThatThrownBy(() -> new RegexLogParse().eval("x", "(x)", "a INT, b INT"))
                .hasMessageContaining("1 groups")
                .hasMessageContaining("2 columns");
        assertThatThrownBy(() -> new VariableColumnLogParse().eval("x", 1, ""))
                .hasMessageContaining("delimiter is empty");
        assertThatThrownBy(() -> new VariableColumnLogParse().eval("x", 1, ",", "", "abc"))
                .hasMessageContaining("'abc'");
        assertThatThrownBy(() -> new W3cLogParse().eval("x", "IIS"))
                .hasMessageContaining("without its fields");
        assertThatThrownBy(() -> new W3cLogParse().eval("x", "COMMN"))
                .hasMessageContaining("no known format");
        assertThatThrownBy(() -> new W3cLogParse().eval("x", "%h %y"))
                .hasMessageContaining("character 4");
    }

    @Test
    void webLogsHaveAColumnForEverySpecifier() {
        W3cLogParse function = new W3cLogParse();
        GenericRowData expected =
                row(
                        "192.168.254.30",
                        "-",
                        "John",
                        "[24/May/2004:22:01:02 -0700]",
                        "GET /icons/apache_pb.gif HTTP/1.1",
                        304L,
                        0L);

        assertThat(function.eval(COMMON_LINE, "COMMON")).isEqualTo(expected);
        assertThat(function.eval(COMMON_LINE, "%h %l %u %t \"%r\" %>s %b")).isEqualTo(expected);
        assertThat(function.eval(COMMON_LINE, "%h %l %u %t \\\"%r\\\" %>s %b")).isEqualTo(expected);
        assertThat(function.eval(COMMON_LINE, "%h %l %u [%t] \"%r\" %>s %b").getString(3))
                .isEqualTo(StringData.fromString("24/May/2004:22:01:02 -0700"));
    }

    @Test
    void webLogsHaveTheNamesOfTheTable() {
        W3cLogParse function = new W3cLogParse();

        assertThat(function.eval("example.org " + COMMON_LINE, "common with vhost").getString(0))
                .isEqualTo(StringData.fromString("example.org"));
        assertThat(
                        function.eval(
                                COMMON_LINE + " \"http://a/\\\"b\" \"Mozilla/5.0 (X11)\"",
                                "NCSA EXTENDED"))
                .isEqualTo(
                        row(
                                "192.168.254.30",
                                "-",
                                "John",
                                "[24/May/2004:22:01:02 -0700]",
                                "GET /icons/apache_pb.gif HTTP/1.1",
                                304L,
                                0L,
                                "http://a/\\\"b",
                                "Mozilla/5.0 (X11)"));
        assertThat(function.eval("http://a/ ---> /index.html", "REFERER"))
                .isEqualTo(row("http://a/", "/index.html"));
        assertThat(function.eval("Mozilla/5.0 (X11)", "AGENT")).isEqualTo(row("Mozilla/5.0 (X11)"));
    }

    @Test
    void aDashIsNoNumberOfAWebLogAndALineOfAnotherFormNoRow() {
        assertThat(
                        new W3cLogParse()
                                .eval(COMMON_LINE.replace("304 0", "304 -"), "COMMON")
                                .isNullAt(6))
                .isTrue();
        assertThat(new W3cLogParse().eval("something else", "COMMON")).isNull();
        assertThat(new W3cLogParse().eval("100% of 7", "100%% of %B")).isEqualTo(row("7"));
        assertThat(new W3cLogParse().eval("- 7", "%!200,304{Referer}i %400,501<T"))
                .isEqualTo(row("-", 7L));
    }

    @Test
    void systemLogsHaveATimeAndARest() {
        SysLogParse function = new SysLogParse();
        TimestampData time =
                TimestampData.fromLocalDateTime(LocalDateTime.parse("1970-10-01T22:14:15"));

        assertThat(function.eval("Oct  1 22:14:15 mymachine su: 'su root' failed"))
                .isEqualTo(row(time, "mymachine su: 'su root' failed"));
        assertThat(function.eval("<34>Oct 11 22:14:15 mymachine su: x").getString(1))
                .isEqualTo(StringData.fromString("mymachine su: x"));
        assertThat(function.eval("Oct 41 22:14:15 mymachine su: x")).isNull();
        assertThat(function.eval("no entry")).isNull();
    }

    /** Texts become what Flink keeps of them. */
    private static GenericRowData row(Object... values) {
        Object[] internal =
                Arrays.stream(values)
                        .map(
                                value ->
                                        value instanceof String text
                                                ? StringData.fromString(text)
                                                : value)
                        .toArray();
        return GenericRowData.of(internal);
    }
}
