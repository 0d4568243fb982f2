package io.hydrant.sql.kda.discover;

import io.hydrant.sql.kda.application.DelimitedText;
import io.hydrant.sql.kda.application.RecordColumn;
import io.hydrant.sql.kda.application.RecordFormat;
import io.hydrant.sql.kda.application.RecordSchema;

import java.util.ArrayList;
import java.util.List;

/**
 * The columns of records that are lines of delimited fields.
 *
 * <p>The delimiter is the one that cuts every line into the same number of fields, and into the
 * most of them: numbers may have a comma in them. Where none does, a line is one column, as the
 * developer guide advises for raw text.
 */
final class TextShape {

    private static final List<String> DELIMITERS = List.of(",", "\t", "|", ";");

    /** The unit separator, which no text has in it: lines stay whole. */
    private static final String NONE = "\u001f";

    private final String rowDelimiter;
    private final List<String> texts;

    TextShape(List<String> texts) {
        this.texts = texts;
        boolean carriage = true;
        boolean any = false;
        for (String text : texts) {
            for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
                any = true;
                carriage &= at > 0 && text.charAt(at - 1) == '\r';
            }
        }
        rowDelimiter = any && carriage ? "\r\n" : "\n";
    }

    /** The schema, or null where there is no text. */
    RecordSchema schema() {
        String best = null;
        List<List<String>> most = List.of();
        int width = 1;
        for (String delimiter : DELIMITERS) {
            List<List<String>> rows = rows(delimiter);
            int fields = rows.isEmpty() ? 0 : rows.get(0).size();
            List<List<String>> regular = rows.stream().filter(row -> row.size() == fields).toList();
            if (fields > width && regular.size() * 10 >= rows.size() * 9) {
                best = delimiter;
                most = regular;
                width = fields;
            }
        }
        if (best != null) {
            return schema(best, most, width);
        }
        List<List<String>> lines = rows(NONE);
        Evidence line = new Evidence();
        lines.forEach(each -> line.field(each.get(0)));
        return lines.isEmpty()
                ? null
                : new RecordSchema(
                        List.of(new RecordColumn("COL_0", null, line.type())),
                        new RecordFormat.Csv(rowDelimiter, NONE));
    }

    private RecordSchema schema(String delimiter, List<List<String>> rows, int fields) {
        boolean headed = rows.size() > 1 && isHeader(rows);
        ColumnNames names = new ColumnNames();
        List<RecordColumn> columns = new ArrayList<>();
        for (int i = 0; i < fields; i++) {
            Evidence evidence = new Evidence();
            for (List<String> row : rows.subList(headed ? 1 : 0, rows.size())) {
                evidence.field(row.get(i));
            }
            String name = headed ? rows.get(0).get(i) : null;
            columns.add(new RecordColumn(names.name(i, name, null), null, evidence.type()));
        }
        return new RecordSchema(columns, new RecordFormat.Csv(rowDelimiter, delimiter));
    }

    /** Whether the first line has names: texts only, and above a number or a time at least once. */
    private static boolean isHeader(List<List<String>> rows) {
        List<String> first = rows.get(0);
        boolean aboveValues = false;
        for (int i = 0; i < first.size(); i++) {
            if (first.get(i) == null || Evidence.isValue(first.get(i))) {
                return false;
            }
            aboveValues |= Evidence.isValue(rows.get(1).get(i));
        }
        return aboveValues;
    }

    private List<List<String>> rows(String delimiter) {
        DelimitedText delimited = new DelimitedText(new RecordFormat.Csv(rowDelimiter, delimiter));
        List<List<String>> rows = new ArrayList<>();
        texts.forEach(text -> rows.addAll(delimited.rows(text)));
        return rows;
    }
}
