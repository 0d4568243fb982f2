package io.hydrant.redshift;

import io.hydrant.delivery.format.Compression;
import io.hydrant.s3.store.S3Calls;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class StagedRowsTest {

    private static final TableColumn ID = new TableColumn("id", TableColumn.Kind.OTHER, -1);
    private static final TableColumn NAME = new TableColumn("name", TableColumn.Kind.TEXT, 5);
    private static final TableColumn AT = new TableColumn("at", TableColumn.Kind.TIME, -1);
    private static final TableColumn DOC = new TableColumn("doc", TableColumn.Kind.JSON, -1);

    @Test
    void readsDelimitedText() throws Exception {
        assertThat(rows("", "1|a\r\n2||\n3\n|\n\\N|\\N", ID, NAME))
                .containsExactly(
                        "1 [1, a]",
                        "2: It has 3 fields for 2 columns",
                        "3: It has 1 fields for 2 columns",
                        "4 [null, ]",
                        "5 [null, null]");
    }

    @Test
    void readsEscapedDelimitersNewlinesAndNulls() throws Exception {
        assertThat(rows("ESCAPE", "1|a\\|b\n2|c\\\nd\n3|\\N\n4|\\\\N\n5|e\\", ID, NAME))
                .containsExactly(
                        "1 [1, a|b]",
                        "2+1 [2, c\nd]",
                        "4 [3, null]",
                        "5 [4, \\N]",
                        "6: A field does not end where the row does");
    }

    @Test
    void readsCsvAndRefusesALineWhoseQuotesDoNotCloseAlone() throws Exception {
        assertThat(
                        rows(
                                "CSV",
                                "1,\"a,\"\"b\"\"\"\n2,\"x\ny\"\n3,\"open\n4,d\n5,\"e\"\n6,\"f\"g\n7,h\"i\n8,\"\"",
                                ID,
                                NAME))
                .containsExactly(
                        "1 [1, a,\"b\"]",
                        "2+1 [2, x\ny]",
                        "4: A quote within a field is not written twice",
                        "5 [4, d]",
                        "6 [5, e]",
                        "7: A quote within a field is not written twice",
                        "8 [7, h\"i]",
                        "9 [8, ]");
        assertThat(rows("CSV", "1,\"a\n2,b\n3,c", ID, NAME))
                .containsExactly(
                        "1: A field does not end where the row does", "2 [2, b]", "3 [3, c]");
    }

    @Test
    void convertsAsTheParametersSay() throws Exception {
        assertThat(
                        rows(
                                "CSV IGNOREHEADER 1 IGNOREBLANKLINES TRIMBLANKS TRUNCATECOLUMNS FILLRECORD NULL 'NA' TIMEFORMAT 'epochsecs'",
                                "id,name,at\n\n1,a  ,1.5\n2,\"\uD83D\uDE00123456\"\n3,NA,\n4,\"NA\",now",
                                ID,
                                NAME,
                                AT))
                .containsExactly(
                        "3 [1, a, 1970-01-01T00:00:01.500Z]",
                        "4 [2, \uD83D\uDE001234, null]",
                        "5 [3, null, null]",
                        "6: at: 'now' is no time in seconds since 1970 (TIMEFORMAT)");
        assertThat(rows("CSV EMPTYASNULL BLANKSASNULL", "1,\n2,  ", ID, NAME))
                .containsExactly("1 [1, null]", "2 [2, null]");
    }

    @Test
    void readsJsonByNames() throws Exception {
        String text =
                "{\"id\": 1, \"Name\": \"n\", \"doc\": \"s\"}\n\n{\"ID\": 2.50, \"name\": \"x\", \"doc\": {\"a\": 1e400}} \n{\"id\": 3} {}\n7\n{";
        assertThat(rows("JSON 'auto'", text, ID, NAME, DOC))
                .hasSize(5)
                .startsWith("1 [1, null, \"s\"]", "3 [null, x, {\"a\":1E+400}]")
                .contains("5: It is JSON, but no object");
        assertThat(rows("JSON 'auto ignorecase'", text, ID, NAME, DOC))
                .startsWith("1 [1, n, \"s\"]", "3 [2.50, x, {\"a\":1E+400}]");
        assertThat(rows("JSON 'noshred'", text, DOC)).hasSize(5).contains("5 [7]");
    }

    @Test
    void refusesWhatIsNotUtf8UnlessToldWhatToPutInItsPlace() throws Exception {
        byte[] text = "1,a\n2,x\n3,c".getBytes(StandardCharsets.UTF_8);
        text[6] = (byte) 0xff;
        assertThat(rows("CSV", text, ID, NAME))
                .containsExactly("1 [1, a]", "2: It is not UTF-8 (ACCEPTINVCHARS)", "3 [3, c]");
        assertThat(rows("CSV ACCEPTINVCHARS AS '_'", text, ID, NAME)).contains("2 [2, _]");
    }

    private static List<String> rows(String options, String text, TableColumn... columns)
            throws Exception {
        return rows(options, text.getBytes(StandardCharsets.UTF_8), columns);
    }

    private static List<String> rows(String options, byte[] text, TableColumn... columns)
            throws Exception {
        StagedFile file = new StagedFile(new UUID(0, 1), "b", "k", text.length, 1, 0);
        StagedRows rows =
                new StagedRows(
                        (bucket, key) -> new ByteArrayInputStream(text),
                        new S3Calls(Duration.ZERO, new WarehouseRig.NoPause()),
                        Compression.UNCOMPRESSED,
                        RowFormat.parse(options),
                        List.of(columns));
        List<String> found = new ArrayList<>();
        rows.forEach(
                List.of(file),
                row ->
                        found.add(
                                row.line()
                                        + (row.lines() > 1 ? "+" + (row.lines() - 1) : "")
                                        + (row.problem() == null
                                                ? " " + row.values()
                                                : ": " + row.problem())));
        return found;
    }
}
