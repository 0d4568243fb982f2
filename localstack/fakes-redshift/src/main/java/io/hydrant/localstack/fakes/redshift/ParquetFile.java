package io.hydrant.localstack.fakes.redshift;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * One Parquet file, kept on disk while it is read, by DuckDB, which shares no code with who wrote
 * it.
 */
final class ParquetFile implements AutoCloseable {

    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private final Connection engine;
    private final Path copy;
    private final List<ParquetColumn> columns;

    private ParquetFile(Connection engine, Path copy, List<ParquetColumn> columns) {
        this.engine = engine;
        this.copy = copy;
        this.columns = columns;
    }

    /**
     * Takes a copy and reads its footer.
     *
     * @return null where the content is no Parquet
     */
    static ParquetFile of(Connection engine, InputStream content) throws IOException {
        Path copy = Files.createTempFile("fake-redshift", ".parquet");
        try (content) {
            byte[] bytes = content.readAllBytes();
            if (!isParquet(bytes)) {
                Files.delete(copy);
                return null;
            }
            Files.write(copy, bytes);
            return new ParquetFile(engine, copy, columns(engine, copy));
        } catch (SQLException e) {
            Files.deleteIfExists(copy);
            return null;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    private static boolean isParquet(byte[] bytes) {
        if (bytes.length < 2 * MAGIC.length) {
            return false;
        }
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes[i] != MAGIC[i] || bytes[bytes.length - MAGIC.length + i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /** Those at the top: what lies within a group follows it, and is passed over. */
    private static List<ParquetColumn> columns(Connection engine, Path file) throws SQLException {
        List<ParquetColumn> columns = new ArrayList<>();
        try (Statement statement = engine.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT name, type, converted_type, logical_type, coalesce(precision, 0), coalesce(scale, 0), coalesce(num_children, 0) FROM parquet_schema('"
                                        + file
                                        + "')")) {
            rows.next();
            long within = 0;
            while (rows.next()) {
                int children = rows.getInt(7);
                if (within > 0) {
                    within += children - 1;
                    continue;
                }
                within = children;
                columns.add(
                        new ParquetColumn(
                                rows.getString(1),
                                children > 0 ? null : rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getInt(5),
                                rows.getInt(6)));
            }
        }
        return columns;
    }

    List<ParquetColumn> columns() {
        return columns;
    }

    /**
     * Reads all rows, as texts in the order of the columns.
     *
     * @return false where the visitor has had enough
     */
    boolean read(LoadFile file, int width, RowReader.Visitor visitor) throws IOException {
        List<String> texts = new ArrayList<>();
        for (ParquetColumn column : columns) {
            String name = '"' + column.name().replace("\"", "\"\"") + '"';
            texts.add(column.isNested() ? "to_json(" + name + ")" : name);
        }
        try (Statement statement = engine.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT "
                                        + String.join(
                                                ", ",
                                                texts.stream()
                                                        .map(
                                                                text ->
                                                                        "CAST("
                                                                                + text
                                                                                + " AS VARCHAR)")
                                                        .toList())
                                        + " FROM read_parquet('"
                                        + copy
                                        + "', binary_as_string = true)")) {
            for (long number = 1; rows.next(); number++) {
                List<String> values = new ArrayList<>(width);
                for (int i = 1; i <= columns.size(); i++) {
                    values.add(rows.getString(i));
                }
                while (values.size() < width) {
                    values.add(null);
                }
                if (!visitor.visit(new LoadRow(file, number, "", values, null))) {
                    return false;
                }
            }
            return true;
        } catch (SQLException e) {
            throw new IOException(file.url() + " cannot be read", e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(copy);
    }
}
