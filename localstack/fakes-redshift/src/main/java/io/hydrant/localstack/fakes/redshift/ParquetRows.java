package io.hydrant.localstack.fakes.redshift;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of Parquet files: columns by their place and not by their name, none converted.
 *
 * <p>Source: Redshift developer guide, "COPY from columnar data formats". The texts of errors are
 * those that users of Redshift quote.
 */
final class ParquetRows implements AutoCloseable {

    private final Connection engine;
    private final int width;
    private final Map<LoadFile, ParquetFile> files = new LinkedHashMap<>();

    private ParquetRows(Connection engine, int width) {
        this.engine = engine;
        this.width = width;
    }

    /**
     * A column of the table that is loaded.
     *
     * @param type in PostgreSQL's words
     */
    record Target(String name, String type) {}

    /**
     * Opens files.
     *
     * @throws FakeSqlException as Redshift refuses one that does not fit the table
     */
    static ParquetRows open(
            StagedObjects objects, CopyCommand copy, List<LoadFile> files, List<Target> targets)
            throws IOException, FakeSqlException {
        ParquetRows rows = new ParquetRows(engine(), targets.size());
        try {
            for (LoadFile file : files) {
                InputStream content = objects.open(file.bucket(), file.key());
                ParquetFile opened = content == null ? null : ParquetFile.of(rows.engine, content);
                if (opened == null) {
                    throw scanError("File '" + url(file) + "' has an invalid version number: ");
                }
                rows.files.put(file, opened);
                require(file, opened, copy, targets);
            }
            return rows;
        } catch (IOException | FakeSqlException | RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private static Connection engine() throws IOException {
        try {
            return DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException e) {
            throw new IOException("DuckDB does not start", e);
        }
    }

    private static void require(
            LoadFile file, ParquetFile opened, CopyCommand copy, List<Target> targets)
            throws FakeSqlException {
        List<ParquetColumn> columns = opened.columns();
        boolean isEnough =
                copy.fillsRecord()
                        ? columns.size() <= targets.size()
                        : columns.size() == targets.size();
        if (!isEnough) {
            throw scanError(
                    "Unmatched number of columns between table and file. Table columns: "
                            + targets.size()
                            + ", Data columns: "
                            + columns.size()
                            + ", File name: "
                            + url(file));
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).fits(targets.get(i).type(), copy.serializesToJson())) {
                throw scanError(
                        "File '"
                                + url(file)
                                + "' has an incompatible Parquet schema for column '"
                                + file.url()
                                + '.'
                                + targets.get(i).name()
                                + "'. Column type: "
                                + targets.get(i).type()
                                + ", Parquet schema:\n"
                                + columns.get(i).shown()
                                + " [i:"
                                + i
                                + " d:1 r:0]");
            }
        }
    }

    /** What Redshift answers where the service that reads such files for it has failed. */
    static FakeSqlException scanError(String context) {
        return new FakeSqlException(
                "XX000",
                "Spectrum Scan Error",
                "error:  Spectrum Scan Error\ncode:      15007\ncontext:   " + context);
    }

    private static String url(LoadFile file) {
        return "https://s3.us-east-1.amazonaws.com/" + file.bucket() + '/' + file.key();
    }

    void read(RowReader.Visitor visitor) throws IOException {
        for (Map.Entry<LoadFile, ParquetFile> file : files.entrySet()) {
            if (!file.getValue().read(file.getKey(), width, visitor)) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (ParquetFile file : files.values()) {
            file.close();
        }
        try {
            engine.close();
        } catch (SQLException e) {
            throw new IOException("DuckDB does not end", e);
        }
    }
}
