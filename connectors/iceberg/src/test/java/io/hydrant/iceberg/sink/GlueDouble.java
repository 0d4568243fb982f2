package io.hydrant.iceberg.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The calls of Glue's Data Catalog that a catalog of Iceberg makes. A table has a version, and an
 * update that names another than the present one is refused, which is all that keeps two writers
 * apart. Others than these calls are refused.
 *
 * <p>Source: AWS Glue web API reference, "Table API" (UpdateTable: VersionId) and "Database API".
 */
final class GlueDouble implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, ObjectNode> databases = new HashMap<>();
    private final Map<String, ObjectNode> tables = new TreeMap<>();
    private final List<String> refusals = new ArrayList<>();
    private Runnable beforeUpdate;
    private boolean isAnswerLost;

    GlueDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        // A call that is held up by another one must not hold that up in turn.
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Does that once, between the next update and what its writer had read. */
    synchronized void beforeNextUpdate(Runnable meanwhile) {
        beforeUpdate = meanwhile;
    }

    /** Carries the next update out and answers that something failed. */
    synchronized void loseNextAnswer() {
        isAnswerLost = true;
    }

    /** Errors that were answered, in their order. */
    synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        int status = 200;
        ObjectNode body;
        try {
            if (call.equals("AWSGlue.UpdateTable")) {
                meanwhile();
            }
            body = carryOut(call, request);
            if (call.equals("AWSGlue.UpdateTable") && takesAnswerAway()) {
                throw new Refused(500, "InternalServiceException");
            }
        } catch (Refused e) {
            status = e.status;
            body = JSON.createObjectNode().put("__type", e.type).put("Message", e.type);
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void meanwhile() {
        Runnable task;
        synchronized (this) {
            task = beforeUpdate;
            beforeUpdate = null;
        }
        if (task != null) {
            task.run();
        }
    }

    private synchronized boolean takesAnswerAway() {
        boolean takes = isAnswerLost;
        isAnswerLost = false;
        return takes;
    }

    private synchronized ObjectNode carryOut(String call, JsonNode request) throws Refused {
        ObjectNode answer = JSON.createObjectNode();
        switch (call) {
            case "AWSGlue.CreateDatabase" ->
                    databases.put(
                            request.at("/DatabaseInput/Name").asText(),
                            request.get("DatabaseInput").deepCopy());
            case "AWSGlue.GetDatabase" ->
                    answer.set("Database", found(databases, request.path("Name").asText()));
            case "AWSGlue.CreateTable" -> {
                ObjectNode table = request.get("TableInput").deepCopy();
                String name = name(request, table);
                if (tables.containsKey(name)) {
                    throw refused("AlreadyExistsException");
                }
                tables.put(name, versioned(table, request, 0));
            }
            case "AWSGlue.GetTable" -> answer.set("Table", found(tables, name(request, request)));
            case "AWSGlue.UpdateTable" -> {
                ObjectNode table = request.get("TableInput").deepCopy();
                String name = name(request, table);
                long version = found(tables, name).get("VersionId").asLong();
                JsonNode expected = request.get("VersionId");
                if (expected != null && expected.asLong() != version) {
                    throw refused("ConcurrentModificationException");
                }
                tables.put(name, versioned(table, request, version + 1));
            }
            default -> throw refused("UnknownOperationException");
        }
        return answer;
    }

    private static String name(JsonNode request, JsonNode table) {
        return request.get("DatabaseName").asText() + '.' + table.get("Name").asText();
    }

    private static ObjectNode versioned(ObjectNode table, JsonNode request, long version) {
        return table.put("DatabaseName", request.get("DatabaseName").asText())
                .put("VersionId", Long.toString(version));
    }

    private ObjectNode found(Map<String, ObjectNode> all, String name) throws Refused {
        ObjectNode one = all.get(name);
        if (one == null) {
            throw refused("EntityNotFoundException");
        }
        return one;
    }

    private Refused refused(String type) {
        refusals.add(type);
        return new Refused(400, type);
    }

    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String type;

        Refused(int status, String type) {
            super(type);
            this.status = status;
            this.type = type;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
