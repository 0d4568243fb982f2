package io.hydrant.launcher.soak;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;

/** Reads the numbers of records out of Parquet files by DuckDB, which shares no code with us. */
final class ParquetNumbers implements AutoCloseable {

    private final Connection engine;
    private final Path file;

    ParquetNumbers() throws IOException {
        this.file = Files.createTempFile("hydrant-soak", ".parquet");
        try {
            this.engine = DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException e) {
            throw new IOException("DuckDB does not start", e);
        }
    }

    /** Gives the number of every row of a file. */
    void read(InputStream content, LongConsumer numbers) throws IOException {
        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        try (Statement statement = engine.createStatement();
                ResultSet rows = statement.executeQuery("SELECT number FROM '" + file + "'")) {
            while (rows.next()) {
                numbers.accept(rows.getLong(1));
            }
        } catch (SQLException e) {
            throw new IOException("DuckDB cannot read a file that was delivered", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            engine.close();
        } catch (SQLException e) {
            throw new IOException("DuckDB does not end", e);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
