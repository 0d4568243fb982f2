package io.hydrant.localstack.harness.iceberg;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.python.Python;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Reads tables of Iceberg with what shares no code with Iceberg's Java: PyIceberg, and DuckDB's own
 * reader. Both are in a virtual environment of Python that is made once per user.
 */
public final class TableReader {

    /** Who reads. */
    public enum Engine {
        /** PyIceberg finds the files, reads them as Arrow and applies deletes. */
        PYICEBERG,
        /** DuckDB does so by its extension for Iceberg; only the catalog is asked by PyIceberg. */
        DUCKDB
    }

    private static final String REQUIREMENTS = "reader-requirements.txt";
    private static final String SCRIPT = "session.py";
    private static final int OLDEST_PYTHON_MINOR = 11;

    private final Python python;

    private TableReader(Python python) {
        this.python = python;
    }

    /**
     * Finds the environment, or makes it.
     *
     * @param progress told about downloads
     * @throws IOException if Python is missing or too old, or its pip fails; the message says why
     */
    public static TableReader find(Progress progress) throws IOException {
        Python system = Python.find(OLDEST_PYTHON_MINOR, "Reading tables of Iceberg");
        byte[] requirements = resource(REQUIREMENTS);
        HydrantCache cache = HydrantCache.ofUser();
        Path folder =
                cache.folder("python")
                        .resolve("iceberg-" + system.version() + "-" + digest(requirements));
        cache.entry(folder)
                .ensure(progress, making -> install(making, system, requirements, progress));
        return new TableReader(system.inVirtualEnvironment(folder));
    }

    private static void install(Path folder, Python system, byte[] requirements, Progress progress)
            throws IOException {
        progress.say("PyIceberg and DuckDB: installing them for Python, 150 MB (once) …");
        Python python = system.virtualEnvironment(folder);
        Path list = folder.resolve(REQUIREMENTS);
        Files.write(list, requirements);
        python.install(list).run();
    }

    /**
     * Answers queries over the rows of a table, which they find under the name {@code delivered}.
     *
     * @param engine who reads the table
     * @param catalog name of the catalog
     * @param properties how it and its files are reached, by PyIceberg's names
     * @param table its full name
     * @param queries in DuckDB's SQL
     * @return for each query its rows, each value as Python writes it
     * @throws IOException if it cannot be read; with what Python said
     */
    public List<List<List<String>>> query(
            Engine engine,
            String catalog,
            Map<String, String> properties,
            String table,
            List<String> queries)
            throws IOException {
        try (TableSession session = open(catalog, properties)) {
            return session.query(engine, table, queries);
        }
    }

    /**
     * Opens a catalog for several questions, and for changes.
     *
     * @param catalog its name
     * @param properties how it and its files are reached, by PyIceberg's names
     * @throws IOException if it cannot be opened; with what Python said
     */
    public TableSession open(String catalog, Map<String, String> properties) throws IOException {
        return new TableSession(
                python.process("-c", new String(resource(SCRIPT), StandardCharsets.UTF_8)),
                catalog,
                properties);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = TableReader.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
