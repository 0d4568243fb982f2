package io.hydrant.sql.kda.application;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Decodes records that are JSON.
 *
 * <p>A record may hold several JSON texts one behind the other, as producers that join records by
 * line feeds write them; a text that is an array stands for its elements. Where a column leads
 * through a whole array, each of its elements becomes a row, and at least one row there is; the
 * other columns are repeated. A column that has nothing in its row is looked for from the root of
 * the text, so that what lies beside the row path is repeated, too.
 */
final class JsonRecordDecoder implements RecordDecoder {

    private static final long serialVersionUID = 1L;

    /** Digits are kept as they stand: 1.10 in a VARCHAR is 1.10. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build();

    private final ColumnPath rowPath;

    /** The array whose elements become rows, or null. */
    private final ColumnPath flattened;

    private final String[] names;

    /** From the element of {@link #flattened} where that is asked for, else from the row. */
    private final ColumnPath[] paths;

    private final boolean[] inElement;

    /** Whether a column may lie beside the row, where the row is not the whole text. */
    private final boolean[] besideRow;

    private final Coercion[] coercions;

    /** Null where a column needs more than the members that columns begin with. */
    private final TopMembers members;

    /** Null where a column needs more than names. */
    private final PlainObject plain;

    JsonRecordDecoder(List<RecordColumn> columns, RecordFormat.Json format, IntPredicate isRead) {
        rowPath = ColumnPath.parse(format.rowPath());
        names = new String[columns.size()];
        paths = new ColumnPath[columns.size()];
        inElement = new boolean[columns.size()];
        besideRow = new boolean[columns.size()];
        coercions = new Coercion[columns.size()];
        ColumnPath array = null;
        for (int i = 0; i < columns.size(); i++) {
            ColumnPath mapping = ColumnPath.parse(columns.get(i).mapping());
            ColumnPath fromRow = rowPath.isRoot() ? null : mapping.behind(rowPath);
            ColumnPath path = fromRow == null ? mapping : fromRow;
            ColumnPath flattens = path.flattened();
            if (flattens != null) {
                if (array != null && !array.equals(flattens)) {
                    throw new IllegalArgumentException(
                            "the columns flatten two arrays, "
                                    + array
                                    + " and "
                                    + flattens
                                    + "; only one can become rows");
                }
                array = flattens;
                path = path.withinElement();
                if (path.flattens()) {
                    throw new IllegalArgumentException(
                            columns.get(i).mapping()
                                    + " leads through two whole arrays; only one can become rows");
                }
            }
            names[i] = columns.get(i).name();
            paths[i] = path;
            inElement[i] = flattens != null;
            besideRow[i] = !rowPath.isRoot() && fromRow == null && flattens == null;
            coercions[i] = new Coercion(columns.get(i).type());
        }
        flattened = array;
        boolean isOneRow = flattened == null && rowPath.isRoot();
        IntPredicate isIdle = column -> !isRead.test(column) && takesText(column);
        members = isOneRow ? TopMembers.of(paths, isIdle) : null;
        plain = isOneRow ? PlainObject.of(paths, isIdle) : null;
    }

    /** Whether no text is an error in a column. */
    private boolean takesText(int column) {
        return coercions[column].takesText();
    }

    @Override
    public void decode(byte[] bytes, int offset, int length, Rows rows) {
        if (plain != null && plain.reads(bytes, offset, length)) {
            row(plain::value, rows);
            plain.forget();
        } else {
            parse(bytes, offset, length, rows);
        }
    }

    private void parse(byte[] bytes, int offset, int length, Rows rows) {
        int texts = 0;
        try (JsonParser parser = MAPPER.createParser(bytes, offset, length)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                texts++;
                if (members != null && token == JsonToken.START_OBJECT) {
                    row(members.read(parser, MAPPER), rows);
                } else {
                    rowsOf(MAPPER.readTree(parser), rows);
                }
            }
        } catch (JsonProcessingException e) {
            rows.error(
                    new DecodingError(
                            DecodingError.PARSE,
                            "The record is not JSON: " + e.getOriginalMessage()));
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("Reading bytes in memory failed", e);
        }
        if (texts == 0) {
            rows.error(new DecodingError(DecodingError.PARSE, "The record is empty"));
        }
    }

    private void rowsOf(JsonNode text, Rows rows) {
        if (text.isArray() && rowPath.isRoot()) {
            text.forEach(element -> rowsOf(element, rows));
            return;
        }
        JsonNode row = rowPath.find(text);
        if (row == null || !row.isContainerNode()) {
            rows.error(
                    new DecodingError(
                            DecodingError.PARSE,
                            "The record has no object at its row path " + rowPath));
        } else if (row.isArray()) {
            row.forEach(element -> row(text, element, rows));
        } else {
            row(text, row, rows);
        }
    }

    private void row(JsonNode text, JsonNode row, Rows rows) {
        JsonNode array = flattened == null ? null : flattened.find(row);
        if (array == null || !array.isArray() || array.isEmpty()) {
            emit(text, row, array != null && array.isObject() ? array : null, rows);
            return;
        }
        for (JsonNode element : array) {
            emit(text, row, element, rows);
        }
    }

    private void emit(JsonNode text, JsonNode row, JsonNode element, Rows rows) {
        JsonNode[] nodes = new JsonNode[paths.length];
        for (int i = 0; i < paths.length; i++) {
            JsonNode from = inElement[i] ? element : row;
            nodes[i] = from == null ? null : paths[i].find(from);
            if (nodes[i] == null && besideRow[i]) {
                nodes[i] = paths[i].find(text);
            }
        }
        row(nodes, rows);
    }

    private void row(JsonNode[] nodes, Rows rows) {
        row(
                (column, coercion) -> nodes[column] == null ? null : coercion.ofJson(nodes[column]),
                rows);
    }

    /** The values that a record has for columns. */
    @FunctionalInterface
    private interface Found {

        Object value(int column, Coercion coercion) throws Coercion.Refused;
    }

    private void row(Found found, Rows rows) {
        Object[] values = new Object[coercions.length];
        for (int i = 0; i < values.length; i++) {
            try {
                values[i] = found.value(i, coercions[i]);
            } catch (Coercion.Refused e) {
                rows.error(
                        new DecodingError(
                                DecodingError.COERCION,
                                "Column " + names[i] + ": " + e.getMessage()));
                return;
            }
        }
        rows.row(values);
    }
}
