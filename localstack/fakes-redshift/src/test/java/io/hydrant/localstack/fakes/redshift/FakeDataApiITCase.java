package io.hydrant.localstack.fakes.redshift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

class FakeDataApiITCase {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static FakeRedshift redshift;
    private static FakeDataApi api;

    @BeforeAll
    static void start() throws IOException {
        redshift = FakeRedshift.start(new MemoryObjects());
        api = FakeDataApi.start(redshift);
    }

    @AfterAll
    static void stop() throws IOException {
        api.close();
        redshift.close();
    }

    @Test
    void aBatchIsOneTransaction() throws Exception {
        String made = submitted(batch("CREATE TABLE b (id int)", "INSERT INTO b VALUES (1), (2)"));
        assertThat(done(made).path("Status").asText()).isEqualTo("FINISHED");

        JsonNode failed = done(submitted(batch("INSERT INTO b VALUES (3)", "SELECT 1 / 0")));
        assertThat(failed.path("Status").asText()).isEqualTo("FAILED");
        assertThat(failed.path("Error").asText()).contains("division by zero");
        assertThat(failed.path("SubStatements").get(0).path("Status").asText())
                .isEqualTo("FINISHED");
        assertThat(failed.path("SubStatements").get(1).path("Status").asText()).isEqualTo("FAILED");

        String count = submitted(one("SELECT count(*), null FROM b"));
        done(count);
        JsonNode row = call("GetStatementResult", id(count)).path("Records").get(0);
        assertThat(row.get(0).path("longValue").asInt()).isEqualTo(2);
        assertThat(row.get(1).path("isNull").asBoolean()).isTrue();
    }

    @Test
    void givesResultsInPages() throws Exception {
        String many = submitted(one("SELECT 'x' FROM generate_series(1, 150)"));
        done(many);
        JsonNode first = call("GetStatementResult", id(many));
        JsonNode second =
                call(
                        "GetStatementResult",
                        id(many).put("NextToken", first.path("NextToken").asText()));
        assertThat(first.path("Records")).hasSize(100);
        assertThat(second.path("Records")).hasSize(50);
        assertThat(second.has("NextToken")).isFalse();
    }

    @Test
    void aTokenThatWasSeenAsksForNothingNew() throws Exception {
        ObjectNode request = one("SELECT 1").put("ClientToken", "t1");
        assertThat(submitted(request)).isEqualTo(submitted(request));
    }

    @Test
    void refusesWhatTheServiceRefuses() throws Exception {
        String[] many = new String[41];
        Arrays.fill(many, "SELECT 1");
        assertRefused(batch(many), "41 statements");
        assertRefused(one("SELECT '" + "x".repeat(100_000) + "'"), "100kB");
        assertRefused(one("SELECT 1").put("Region", "x"), "does not know the parameter Region");
        assertRefused(one("SELECT 1").put("DbUser", "u"), "DbUser goes with a cluster");
        assertRefused(
                one("SELECT 1").put("ClusterIdentifier", FakeDataApi.CLUSTER),
                "Either ClusterIdentifier or WorkgroupName");
        assertRefused(one("SELECT 1").put("Database", "other"), "database does not exist");
        assertRefused(one("SELECT 1").put("ClientToken", "t".repeat(65)), "1 to 64 characters");
    }

    private static void assertRefused(ObjectNode request, String message) throws Exception {
        JsonNode answer =
                call(request.has("Sqls") ? "BatchExecuteStatement" : "ExecuteStatement", request);
        assertThat(answer.path("__type").asText()).isEqualTo("ValidationException");
        assertThat(answer.path("message").asText()).contains(message);
    }

    private static ObjectNode one(String sql) {
        return request().put("Sql", sql);
    }

    private static ObjectNode batch(String... sqls) {
        ObjectNode request = request();
        for (String sql : sqls) {
            request.withArray("Sqls").add(sql);
        }
        return request;
    }

    private static ObjectNode request() {
        return JSON.createObjectNode()
                .put("WorkgroupName", FakeDataApi.WORKGROUP)
                .put("Database", FakeRedshift.DATABASE);
    }

    private static ObjectNode id(String id) {
        return JSON.createObjectNode().put("Id", id);
    }

    private static String submitted(ObjectNode request) throws Exception {
        return call(request.has("Sqls") ? "BatchExecuteStatement" : "ExecuteStatement", request)
                .path("Id")
                .asText();
    }

    /** Asks until the statement is over. */
    private static JsonNode done(String id) throws Exception {
        while (true) {
            JsonNode answer = call("DescribeStatement", id(id));
            String status = answer.path("Status").asText();
            if (!status.equals("SUBMITTED") && !status.equals("STARTED")) {
                return answer;
            }
        }
    }

    private static JsonNode call(String action, ObjectNode request) throws Exception {
        HttpRequest post =
                HttpRequest.newBuilder(api.endpoint())
                        .header("X-Amz-Target", "RedshiftData." + action)
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=x/1/us-east-1/redshift-data/aws4_request")
                        .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                        .build();
        return JSON.readTree(HTTP.send(post, HttpResponse.BodyHandlers.ofString()).body());
    }
}
