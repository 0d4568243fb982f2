package io.hydrant.s3.sink;

import org.apache.hadoop.conf.Configuration;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads columnar objects back: Parquet by DuckDB, ORC by its project's own reader. */
final class ColumnarContent {

    private ColumnarContent() {}

    /** One for all tests, since it takes its time to start. */
    private static final class Engine {

        private static final Connection DUCKDB = connect();

        private static Connection connect() {
            try {
                return DriverManager.getConnection("jdbc:duckdb:");
            } catch (SQLException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    /** The first column, a line each. */
    static byte[] ids(String key, byte[] stored) {
        Path file = null;
        try {
            file = Files.createTempFile("columnar", key.substring(key.lastIndexOf('.')));
            Files.write(file, stored);
            return (key.endsWith(".orc") ? orc(file) : parquet(file))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new AssertionError("DuckDB cannot read " + key, e);
        } finally {
            delete(file);
        }
    }

    private static String parquet(Path file) throws SQLException {
        StringBuilder ids = new StringBuilder();
        try (Statement statement = Engine.DUCKDB.createStatement();
                ResultSet result = statement.executeQuery("SELECT id FROM '" + file + "'")) {
            while (result.next()) {
                ids.append(result.getString(1)).append('\n');
            }
        }
        return ids.toString();
    }

    private static String orc(Path file) throws IOException {
        StringBuilder ids = new StringBuilder();
        try (Reader reader =
                        OrcFile.createReader(
                                new org.apache.hadoop.fs.Path(file.toUri()),
                                OrcFile.readerOptions(new Configuration(false)));
                RecordReader rows = reader.rows()) {
            VectorizedRowBatch batch = reader.getSchema().createRowBatch();
            while (rows.nextBatch(batch)) {
                for (int i = 0; i < batch.size; i++) {
                    ids.append(((BytesColumnVector) batch.cols[0]).toString(i)).append('\n');
                }
            }
        }
        return ids.toString();
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
