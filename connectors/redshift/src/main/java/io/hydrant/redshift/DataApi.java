package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.SignedHttpClient;
import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.core.retry.RetryClock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Carries statements out by the Redshift Data API: asks for them, then asks what became of them.
 *
 * <p>A call whose answer is lost is made again with the token of the first, so that nothing is
 * asked for twice. Where no answer comes at all, or none in time, what became of the statements
 * nobody knows, and the caller has to find out. Source: Redshift Data API reference; management
 * guide, "Considerations when calling the Amazon Redshift Data API".
 *
 * <p>Not thread-safe, but may be closed by another thread.
 */
final class DataApi implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataApi.class);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int OK = 200;
    private static final int MOST_ATTEMPTS = 5;

    private static final ExponentialBackoff BETWEEN_ATTEMPTS =
            new ExponentialBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 2, 0.2);

    private static final ExponentialBackoff BETWEEN_QUESTIONS =
            new ExponentialBackoff(Duration.ofMillis(100), Duration.ofSeconds(2), 1.5, 0);

    private final SignedHttpClient client;
    private final WarehouseAccess access;
    private final RetryClock clock;

    DataApi(SignedHttpClient client, WarehouseAccess access, RetryClock clock) {
        this.client = client;
        this.access = access;
        this.clock = clock;
    }

    /** The service where the warehouse is, or where the configuration says. */
    static DataApi open(WarehouseAccess access, AwsClientConfig aws, RetryClock clock) {
        AwsClientConfig there = aws.withDefaultRegion(access.cluster().region());
        return new DataApi(SignedHttpClient.of("redshift-data", there), access, clock);
    }

    /** The rows of a query; null of each value that is. */
    List<List<String>> query(String sql) throws SQLException, InterruptedException {
        return query(List.of(sql)).get(0);
    }

    /** The rows of queries that see one state of the database. */
    List<List<List<String>>> query(List<String> sqls) throws SQLException, InterruptedException {
        String id = submit(sqls);
        await(id);
        List<List<List<String>>> results = new ArrayList<>();
        for (int i = 0; i < sqls.size(); i++) {
            results.add(result(sqls.size() == 1 ? id : id + ':' + (i + 1)));
        }
        return results;
    }

    /**
     * Carries statements out in one transaction.
     *
     * @throws BatchFailedException where one of them failed, so that none did anything
     * @throws SQLException where they failed otherwise, or nobody knows what became of them
     */
    void execute(List<String> sqls) throws SQLException, InterruptedException {
        await(submit(sqls));
    }

    private String submit(List<String> sqls) throws SQLException, InterruptedException {
        ObjectNode request = JSON.createObjectNode();
        request.put("ClientToken", UUID.randomUUID().toString());
        ClusterName cluster = access.cluster();
        request.put(cluster.isServerless() ? "WorkgroupName" : "ClusterIdentifier", cluster.name());
        request.put("Database", cluster.database());
        if (access.secretArn() != null) {
            request.put("SecretArn", access.secretArn());
        } else if (access.user() != null) {
            request.put("DbUser", access.user());
        }
        request.put("StatementName", "hydrant");
        if (sqls.size() == 1) {
            request.put("Sql", sqls.get(0));
            return call("ExecuteStatement", request).path("Id").asText();
        }
        sqls.forEach(request.putArray("Sqls")::add);
        return call("BatchExecuteStatement", request).path("Id").asText();
    }

    private void await(String id) throws SQLException, InterruptedException {
        // The lock and the COPY may take that long each.
        Duration longest = access.statementTimeout().multipliedBy(2).plusMinutes(1);
        long begin = clock.nanoTime();
        ObjectNode question = JSON.createObjectNode().put("Id", id);
        for (int questions = 1; ; questions++) {
            JsonNode answer = call("DescribeStatement", question);
            switch (answer.path("Status").asText()) {
                case "FINISHED" -> {
                    return;
                }
                case "FAILED" -> throw failed(answer);
                case "ABORTED" ->
                        throw new SQLException(
                                "the statement was cancelled: " + answer.path("Error").asText(),
                                DataApiErrors.CANCELLED);
                default -> {
                    // Under way.
                }
            }
            if (clock.nanoTime() - begin > longest.toNanos()) {
                cancel(question);
                throw new SQLException(
                        "the statement was not done after "
                                + longest
                                + " ("
                                + RedshiftOptions.STATEMENT_TIMEOUT.key()
                                + ") and is being cancelled",
                        DataApiErrors.CANCELLED);
            }
            clock.pause(BETWEEN_QUESTIONS.delay(questions, ThreadLocalRandom.current()));
        }
    }

    private static SQLException failed(JsonNode answer) {
        JsonNode parts = answer.path("SubStatements");
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).path("Status").asText().equals("FAILED")) {
                String text = parts.get(i).path("Error").asText(answer.path("Error").asText());
                return new BatchFailedException(DataApiErrors.ofStatement(text), i);
            }
        }
        return DataApiErrors.ofStatement(answer.path("Error").asText());
    }

    /** Whether it helps or not, the statement's outcome is not known. */
    private void cancel(ObjectNode which) throws InterruptedException {
        try {
            call("CancelStatement", which);
        } catch (SQLException e) {
            LOG.warn("A statement could not be cancelled: {}", e.getMessage());
        }
    }

    private List<List<String>> result(String id) throws SQLException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        ObjectNode question = JSON.createObjectNode().put("Id", id);
        while (true) {
            JsonNode page = call("GetStatementResult", question);
            for (JsonNode record : page.path("Records")) {
                List<String> row = new ArrayList<>();
                for (JsonNode field : record) {
                    row.add(value(field));
                }
                rows.add(row);
            }
            String next = page.path("NextToken").asText();
            if (next.isEmpty()) {
                return rows;
            }
            question.put("NextToken", next);
        }
    }

    /** A field has one member, named as its type is. */
    private static String value(JsonNode field) {
        if (field.path("isNull").asBoolean() || !field.elements().hasNext()) {
            return null;
        }
        return field.elements().next().asText();
    }

    private JsonNode call(String action, ObjectNode request)
            throws SQLException, InterruptedException {
        byte[] body = bytes(request);
        for (int attempt = 1; ; attempt++) {
            SQLException failure;
            try {
                SignedHttpClient.Answer answer =
                        client.post(
                                Map.of(
                                        "Content-Type",
                                        "application/x-amz-json-1.1",
                                        "X-Amz-Target",
                                        "RedshiftData." + action),
                                body);
                if (answer.status() == OK) {
                    return JSON.readTree(answer.body());
                }
                String type = typeOf(answer);
                failure = DataApiErrors.ofCall(action, answer.status(), type, messageOf(answer));
                if (!DataApiErrors.mayPass(answer.status(), type)) {
                    throw failure;
                }
            } catch (IOException | SdkException e) {
                failure =
                        new SQLException(
                                action
                                        + " of the Data API got no answer from "
                                        + client.endpoint()
                                        + ": "
                                        + e.getMessage(),
                                DataApiErrors.LOST,
                                e);
            }
            if (attempt == MOST_ATTEMPTS || Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            clock.pause(BETWEEN_ATTEMPTS.delay(attempt, ThreadLocalRandom.current()));
        }
    }

    private static byte[] bytes(ObjectNode request) {
        try {
            return JSON.writeValueAsBytes(request);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String typeOf(SignedHttpClient.Answer answer) {
        String header = answer.header("x-amzn-ErrorType");
        String type = header != null ? header.split(":", 2)[0] : error(answer, "__type");
        return type.substring(type.indexOf('#') + 1);
    }

    private static String messageOf(SignedHttpClient.Answer answer) {
        String message = error(answer, "message");
        return message.isEmpty() ? error(answer, "Message") : message;
    }

    private static String error(SignedHttpClient.Answer answer, String name) {
        try {
            return JSON.readTree(answer.body()).path(name).asText();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
