package io.hydrant.localstack.harness.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyIceberg and DuckDB with one catalog open, in a process that ends with this. Each call sees the
 * table as it is then.
 */
public final class TableSession implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;
    private final Path log;

    TableSession(ProcessBuilder python, String catalog, Map<String, String> properties)
            throws IOException {
        log = Files.createTempFile("hydrant-read-", ".log");
        process = python.redirectError(log.toFile()).start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        requests = process.outputWriter(StandardCharsets.UTF_8);
        // They name secrets, so they are in no command line.
        boolean isOpen = false;
        try {
            ask(Map.of("name", catalog, "properties", properties));
            isOpen = true;
        } finally {
            if (!isOpen) {
                close();
            }
        }
    }

    /**
     * Answers queries over the rows of a table, which they find under the name {@code delivered}.
     *
     * @param engine who reads the table
     * @param table its full name
     * @param queries in DuckDB's SQL
     * @return for each query its rows, each value as Python writes it
     * @throws IOException if it cannot be read; with what Python said
     */
    public List<List<List<String>>> query(
            TableReader.Engine engine, String table, List<String> queries) throws IOException {
        return rows(Map.of("reader", engine.name(), "table", table, "queries", queries));
    }

    /** The same of a branch or a tag, read by PyIceberg. */
    public List<List<String>> queryRef(String ref, String table, String query) throws IOException {
        return rows(Map.of(
                        "reader",
                        TableReader.Engine.PYICEBERG.name(),
                        "table",
                        table,
                        "ref",
                        ref,
                        "queries",
                        List.of(query)))
                .get(0);
    }

    private List<List<List<String>>> rows(Map<String, Object> request) throws IOException {
        return JSON.convertValue(ask(request), new TypeReference<>() {});
    }

    /**
     * Has PyIceberg change a table and commit that.
     *
     * @param table its full name
     * @param change {@code append}, {@code add_column}, {@code rename_column}, {@code drop_column},
     *     {@code partition_by}, {@code tag}, {@code branch} or {@code delete}
     * @param arguments of the change, by the names that they have in {@code session.py}
     * @throws IOException if that fails; with what Python said
     */
    public void change(String table, String change, Map<String, Object> arguments)
            throws IOException {
        Map<String, Object> request = new HashMap<>();
        request.put("table", table);
        request.put("change", change);
        request.put("arguments", arguments);
        ask(request);
    }

    private JsonNode ask(Map<String, ?> request) throws IOException {
        String answer = null;
        try {
            requests.write(JSON.writeValueAsString(request) + '\n');
            requests.flush();
            answer = answers.readLine();
        } catch (IOException e) {
            throw new IOException(ended(), e);
        }
        if (answer == null) {
            throw new IOException(ended());
        }
        JsonNode said = said(answer);
        if (said.has("failure")) {
            throw new IOException(
                    "PyIceberg or DuckDB failed at "
                            + (request.containsKey("table")
                                    ? "the table " + request.get("table")
                                    : "the catalog")
                            + ":\n"
                            + said.get("failure").textValue());
        }
        return said.get("answer");
    }

    /** What else is printed would be taken for an answer, and each answer for that to the next. */
    private JsonNode said(String line) throws IOException {
        JsonNode said;
        try {
            said = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            said = null;
        }
        if (said == null || !(said.has("answer") || said.has("failure"))) {
            throw new IOException(
                    "Python said what is no answer: '"
                            + line
                            + "', and beside it:\n"
                            + Files.readString(log));
        }
        return said;
    }

    private String ended() throws IOException {
        return "Python ended, and said last:\n" + Files.readString(log);
    }

    /** Ends the process. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        try {
            Files.delete(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
