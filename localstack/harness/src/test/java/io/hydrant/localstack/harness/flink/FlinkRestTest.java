package io.hydrant.localstack.harness.flink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Answers are shortened from those of a real cluster of Flink 2.3.0. */
class FlinkRestTest {

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private FlinkRest rest;

    @BeforeEach
    void starts() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        rest = new FlinkRest(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stops() {
        server.stop(0);
    }

    @Test
    void listsJobs() throws IOException {
        answers.put(
                "GET /jobs/overview",
                "{\"jobs\":[{\"jid\":\"a\",\"name\":\"delivery\",\"state\":\"RUNNING\"},"
                        + "{\"jid\":\"b\",\"name\":\"delivery\",\"state\":\"CANCELED\"}]}");

        assertThat(rest.jobs())
                .containsExactly(
                        new FlinkJob("a", "delivery", "RUNNING"),
                        new FlinkJob("b", "delivery", "CANCELED"));
        assertThat(rest.jobs()).extracting(FlinkJob::isOver).containsExactly(false, true);
    }

    @Test
    void saysThatNothingListens() {
        server.stop(0);
        assertThatThrownBy(rest::jobs)
                .isInstanceOf(IOException.class)
                .hasMessageMatching(
                        "Flink does not answer at http://127.0.0.1:\\d+: nothing listens there");
    }

    @Test
    void seesAJobRunOnlyWhenEachTaskDoes() throws IOException {
        answers.put("GET /jobs/a", job("RUNNING", 2, "\"RUNNING\":1,\"INITIALIZING\":1"));
        assertThat(rest.allTasksRun("a")).isFalse();

        answers.put("GET /jobs/a", job("RUNNING", 2, "\"RUNNING\":1,\"FINISHED\":1"));
        assertThat(rest.allTasksRun("a")).isTrue();

        answers.put("GET /jobs/a", job("RESTARTING", 2, "\"RUNNING\":2"));
        assertThat(rest.allTasksRun("a")).isFalse();

        answers.put("GET /jobs/a", "{\"jid\":\"a\",\"state\":\"RUNNING\",\"vertices\":[]}");
        assertThat(rest.allTasksRun("a")).isFalse();
    }

    @Test
    void readsCountsOfCheckpointsAndTheLastFailure() throws IOException {
        answers.put(
                "GET /jobs/a/checkpoints",
                "{\"counts\":{\"restored\":1,\"total\":9,\"in_progress\":2,\"completed\":4,"
                        + "\"failed\":3}}");
        answers.put(
                "GET /jobs/a/exceptions",
                "{\"exceptionHistory\":{\"entries\":[{\"stacktrace\":\"newest\"},"
                        + "{\"stacktrace\":\"older\"}]}}");
        answers.put("GET /jobs/b/exceptions", "{\"exceptionHistory\":{\"entries\":[]}}");

        assertThat(rest.checkpoints("a")).isEqualTo(new FlinkCheckpoints(4, 3, 2, 1));
        assertThat(rest.lastFailure("a")).isEqualTo("newest");
        assertThat(rest.lastFailure("b")).isEmpty();
    }

    @Test
    void addsMetricsUpOverVerticesAndSkipsWhatIsNoNumber() throws IOException {
        answers.put("GET /jobs/a", "{\"vertices\":[{\"id\":\"v\"},{\"id\":\"w\"}]}");
        answers.put(
                "GET /jobs/a/vertices/v/subtasks/metrics",
                "[{\"id\":\"Source: k.lag\"},{\"id\":\"numRecordsIn\"}]");
        answers.put("GET /jobs/a/vertices/w/subtasks/metrics", "[{\"id\":\"x.lag\"}]");
        answers.put(
                "GET /jobs/a/vertices/v/subtasks/metrics?agg=sum,max&get=Source%3A+k.lag",
                "[{\"id\":\"Source: k.lag\",\"sum\":-12.0,\"max\":-5.0}]");
        answers.put(
                "GET /jobs/a/vertices/w/subtasks/metrics?agg=sum,max&get=x.lag",
                "[{\"id\":\"x.lag\",\"sum\":3,\"max\":2},{\"id\":\"x.lag\",\"sum\":\"NaN\"}]");

        assertThat(rest.metrics("a", name -> name.endsWith(".lag")))
                .isEqualTo(new MetricSummary(2, -9, 2));
        assertThat(rest.metrics("a", name -> name.equals("none"))).isEqualTo(MetricSummary.NONE);
    }

    @Test
    void tellsAFinishedSavepointFromOneUnderWayAndAFailedOne() throws IOException {
        answers.put("POST /jobs/a/stop", "{\"request-id\":\"r\"}");
        assertThat(rest.triggerStop("a")).isEqualTo("r");

        answers.put("GET /jobs/a/savepoints/r", "{\"status\":{\"id\":\"IN_PROGRESS\"}}");
        assertThat(rest.savepoint("a", "r")).isNull();

        answers.put(
                "GET /jobs/a/savepoints/r",
                "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"location\":\"file:/s\"}}");
        assertThat(rest.savepoint("a", "r")).isEqualTo("file:/s");

        answers.put(
                "GET /jobs/a/savepoints/r",
                "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"failure-cause\":"
                        + "{\"stack-trace\":\"disk full\"}}}");
        assertThatThrownBy(() -> rest.savepoint("a", "r"))
                .isInstanceOf(SavepointFailedException.class)
                .hasMessage("The savepoint of job a failed: disk full");
    }

    @Test
    void repeatsWhatTheClusterSaysWhenItRefuses() {
        assertThatThrownBy(() -> rest.job("a"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("GET http://127.0.0.1:")
                .hasMessageEndingWith(
                        "/jobs/a gave 404: {\"errors\":[\"Not found: GET /jobs/a\"]}");
    }

    @Test
    void saysWhereNobodyAnswers() {
        server.stop(0);

        assertThatThrownBy(() -> rest.jobs())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Flink does not answer at http://127.0.0.1:");
    }

    private static String job(String state, int parallelism, String tasks) {
        return "{\"jid\":\"a\",\"state\":\"%s\",\"vertices\":[{\"id\":\"v\",\"parallelism\":%d,\"tasks\":{%s}}]}"
                .formatted(state, parallelism, tasks);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String known = answers.get(request);
        byte[] body =
                (known == null ? "{\"errors\":[\"Not found: " + request + "\"]}" : known)
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
