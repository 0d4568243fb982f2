package io.hydrant.sql.kda.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a {@code SourceSchema}: of an input ({@code InputSchema}) or of a reference table ({@code
 * ReferenceSchema}).
 *
 * <p>Source of the rules: API reference of kinesisanalytics, {@code SourceSchema}, {@code
 * RecordColumn}, {@code RecordFormat}, {@code JSONMappingParameters}, {@code CSVMappingParameters}.
 */
final class SchemaReader {

    private static final int MAX_COLUMNS = 1000;

    private SchemaReader() {}

    /** The schema, or null where something is wrong with it. */
    static RecordSchema read(Fields fields) {
        if (fields == null) {
            return null;
        }
        fields.choice("RecordEncoding", "UTF-8");
        RecordFormat format = format(fields.requiredObject("RecordFormat"));
        List<RecordColumn> columns = columns(fields, format instanceof RecordFormat.Json);
        fields.done();
        if (format == null || columns == null) {
            return null;
        }
        RecordSchema schema = new RecordSchema(columns, format);
        try {
            RecordDecoder.of(schema);
        } catch (IllegalArgumentException e) {
            fields.problem("RecordColumns", e.getMessage());
            return null;
        }
        return schema;
    }

    private static RecordFormat format(Fields fields) {
        if (fields == null) {
            return null;
        }
        String type = fields.choice("RecordFormatType", "JSON", "CSV");
        if (!fields.has("RecordFormatType")) {
            fields.problem("RecordFormatType", "is missing; JSON or CSV");
        }
        Fields parameters = fields.object("MappingParameters");
        Fields json = parameters == null ? null : parameters.object("JSONMappingParameters");
        Fields csv = parameters == null ? null : parameters.object("CSVMappingParameters");
        RecordFormat.Json jsonFormat = json == null ? new RecordFormat.Json("$") : json(json);
        RecordFormat.Csv csvFormat = csv == null ? new RecordFormat.Csv("\n", ",") : csv(csv);
        if (parameters != null) {
            parameters.done();
        }
        fields.done();
        if (type == null) {
            return null;
        }
        boolean isJson = type.equals("JSON");
        if (isJson ? csv != null && json == null : json != null && csv == null) {
            fields.problem(
                    "MappingParameters",
                    "are those of another format; "
                            + type
                            + " takes "
                            + type
                            + "MappingParameters");
        }
        return isJson ? jsonFormat : csvFormat;
    }

    private static RecordFormat.Json json(Fields fields) {
        String path = fields.required("RecordRowPath", 1, 1024);
        fields.done();
        if (path == null) {
            return null;
        }
        try {
            ColumnPath.parse(path);
            return new RecordFormat.Json(path);
        } catch (IllegalArgumentException e) {
            fields.problem("RecordRowPath", "\"" + path + "\" " + e.getMessage());
            return null;
        }
    }

    private static RecordFormat.Csv csv(Fields fields) {
        String row = fields.required("RecordRowDelimiter", 1, 1024);
        String column = fields.required("RecordColumnDelimiter", 1, 1024);
        fields.done();
        if (row == null || column == null) {
            return null;
        }
        RecordFormat.Csv csv = new RecordFormat.Csv(unescaped(row), unescaped(column));
        if (csv.rowDelimiter().equals(csv.columnDelimiter())) {
            fields.problem("RecordColumnDelimiter", "is also the row delimiter");
        }
        return csv;
    }

    /** A delimiter that was typed as two characters, as consoles and shells hand them on. */
    private static String unescaped(String delimiter) {
        return delimiter.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    }

    private static List<RecordColumn> columns(Fields fields, boolean json) {
        List<Fields> each = fields.objects("RecordColumns");
        if (each.isEmpty() || each.size() > MAX_COLUMNS) {
            fields.problem(
                    "RecordColumns",
                    "has " + each.size() + " columns; 1 to " + MAX_COLUMNS + " are allowed");
        }
        List<RecordColumn> columns = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (Fields one : each) {
            RecordColumn column = column(one, json);
            if (column != null && !names.add(column.name())) {
                one.problem("Name", "\"" + column.name() + "\" is the name of two columns");
            }
            columns.add(column);
        }
        return columns.isEmpty() || columns.contains(null) ? null : columns;
    }

    private static RecordColumn column(Fields fields, boolean json) {
        String name = fields.required("Name", 1, 256);
        String mapping = json ? fields.required("Mapping", 1, 1024) : null;
        String sqlType = fields.required("SqlType", 1, 256);
        // In CSV a mapping says what the order says already; older documents have it.
        fields.passOver("Mapping", "IsDropped");
        fields.done();
        boolean ok = name != null && sqlType != null && (!json || mapping != null);
        if (name != null && name.equalsIgnoreCase("ROWTIME")) {
            fields.problem(
                    "Name", "\"" + name + "\" is a column that every stream has; choose another");
            ok = false;
        }
        if (mapping != null) {
            try {
                ColumnPath.parse(mapping);
            } catch (IllegalArgumentException e) {
                fields.problem("Mapping", "\"" + mapping + "\" " + e.getMessage());
                ok = false;
            }
        }
        if (sqlType != null) {
            try {
                ColumnType type = ColumnType.parse(sqlType);
                return ok ? new RecordColumn(name, mapping, type) : null;
            } catch (IllegalArgumentException e) {
                fields.problem("SqlType", "\"" + sqlType + "\" " + e.getMessage());
            }
        }
        return null;
    }
}
