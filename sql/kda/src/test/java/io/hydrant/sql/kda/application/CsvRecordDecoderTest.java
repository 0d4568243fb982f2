package io.hydrant.sql.kda.application;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CsvRecordDecoderTest {

    @Test
    void givesFieldsToColumnsInOrder() {
        assertThat(
                        rows(
                                ",",
                                "\n",
                                "Doe,John,17,further,ones",
                                "VARCHAR(16)",
                                "VARCHAR(16)",
                                "INTEGER"))
                .containsExactly(List.of("Doe", "John", 17));
    }

    @Test
    void makesNullsOfMissingAndEmptyFields() {
        assertThat(rows(",", "\n", "a,,", "VARCHAR(9)", "INTEGER", "VARCHAR(9)", "VARCHAR(9)"))
                .containsExactly(Arrays.asList("a", null, null, null));
    }

    @Test
    void makesARowOfEachLine() {
        assertThat(rows(",", "\n", "a,1\r\n\nb,2\r\n", "VARCHAR(9)", "INTEGER"))
                .containsExactly(List.of("a", 1), List.of("b", 2));
    }

    @Test
    void takesOffBlanksAroundAField() {
        assertThat(
                        rows(
                                ",",
                                "\n",
                                "ASD, SomeCompanyA\nWAS,  SomeCompanyC ",
                                "VARCHAR(9)",
                                "VARCHAR(20)"))
                .containsExactly(List.of("ASD", "SomeCompanyA"), List.of("WAS", "SomeCompanyC"));
    }

    @Test
    void takesQuotedFieldsAsTheyStand() {
        assertThat(
                        rows(
                                ",",
                                "\n",
                                "\"a,\nb\", \" c \",\"say \"\"hi\"\"\",\"\"\n\"open, end",
                                "VARCHAR(9)",
                                "VARCHAR(9)",
                                "VARCHAR(9)",
                                "VARCHAR(9)"))
                .containsExactly(
                        List.of("a,\nb", " c ", "say \"hi\"", ""),
                        Arrays.asList("open, end", null, null, null));
    }

    @Test
    void takesDelimitersOfSeveralCharactersAndBlanks() {
        assertThat(rows("||", ";;", "a||b c||;;d||e;;", "VARCHAR(9)", "VARCHAR(9)", "VARCHAR(9)"))
                .containsExactly(Arrays.asList("a", "b c", null), Arrays.asList("d", "e", null));
        assertThat(
                        rows(
                                " ",
                                "\n",
                                "a b  c",
                                "VARCHAR(9)",
                                "VARCHAR(9)",
                                "VARCHAR(9)",
                                "VARCHAR(9)"))
                .containsExactly(Arrays.asList("a", "b", null, "c"));
    }

    @Test
    void handsOnTheRowsThatFitAndReportsTheOthers() {
        DecodedRows decoded =
                DecodedRows.of(decoder(",", "\n", "VARCHAR(9)", "INTEGER"), "a,1\nb,x\nc,3");

        assertThat(decoded.rows()).containsExactly(List.of("a", 1), List.of("c", 3));
        assertThat(decoded.errors())
                .containsExactly("COERCION_ERROR Column C1: 'x' cannot be converted to INTEGER");
    }

    @Test
    void reportsWhatIsNotTextAndWhatIsEmpty() {
        RecordDecoder decoder = decoder(",", "\n", "VARCHAR(9)");

        assertThat(DecodedRows.of(decoder, new byte[] {'a', (byte) 0xff}).errors())
                .containsExactly("PARSE_ERROR The record is not UTF-8");
        assertThat(DecodedRows.of(decoder, "ä".getBytes(StandardCharsets.UTF_8)).rows())
                .containsExactly(List.of("ä"));
        assertThat(DecodedRows.of(decoder, "\n\n").errors())
                .containsExactly("PARSE_ERROR The record is empty");
    }

    private static List<List<Object>> rows(
            String column, String row, String record, String... types) {
        DecodedRows decoded = DecodedRows.of(decoder(column, row, types), record);
        assertThat(decoded.errors()).isEmpty();
        return decoded.rows();
    }

    private static RecordDecoder decoder(String column, String row, String... types) {
        List<RecordColumn> columns = new ArrayList<>();
        for (String type : types) {
            columns.add(new RecordColumn("C" + columns.size(), null, ColumnType.parse(type)));
        }
        return RecordDecoder.of(new RecordSchema(columns, new RecordFormat.Csv(row, column)));
    }
}
