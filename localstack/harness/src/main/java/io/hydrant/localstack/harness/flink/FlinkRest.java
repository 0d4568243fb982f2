package io.hydrant.localstack.harness.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Asks a cluster through its REST interface, as Flink 2.3's documentation ("REST API") has it.
 *
 * <p>Every method throws an {@link IOException} with the cluster's own words when it refuses, or
 * when it does not answer.
 */
public final class FlinkRest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** So many names fit into a request line. */
    private static final int METRICS_PER_REQUEST = 40;

    private final URI root;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIMEOUT)
                    .build();

    /**
     * A client for any cluster.
     *
     * @param root {@code http://host:port}
     */
    public FlinkRest(URI root) {
        this.root = root;
    }

    /**
     * All jobs that the cluster remembers, also those that ended.
     *
     * @return the jobs, in the cluster's order
     * @throws IOException if the cluster does not answer
     */
    public List<FlinkJob> jobs() throws IOException {
        List<FlinkJob> jobs = new ArrayList<>();
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            jobs.add(job(job));
        }
        return jobs;
    }

    /**
     * One job.
     *
     * @param id the job
     * @return what is known of it now
     * @throws IOException if there is no such job
     */
    public FlinkJob job(String id) throws IOException {
        return job(get("/jobs/" + id));
    }

    private static FlinkJob job(JsonNode job) {
        return new FlinkJob(
                job.path("jid").asText(), job.path("name").asText(), job.path("state").asText());
    }

    /**
     * Whether every task of a job runs or has finished, which a restart takes away for a while.
     *
     * @param id the job
     * @return false as long as one is deployed, initialised or gone
     * @throws IOException if there is no such job
     */
    public boolean allTasksRun(String id) throws IOException {
        JsonNode job = get("/jobs/" + id);
        boolean run = job.path("state").asText().equals("RUNNING");
        for (JsonNode vertex : job.path("vertices")) {
            JsonNode tasks = vertex.path("tasks");
            int running = tasks.path("RUNNING").asInt() + tasks.path("FINISHED").asInt();
            run &= running == vertex.path("parallelism").asInt();
        }
        return run && !job.path("vertices").isEmpty();
    }

    /**
     * The newest failure of a job.
     *
     * @param id the job
     * @return the stack trace, or an empty string when nothing failed
     * @throws IOException if there is no such job
     */
    public String lastFailure(String id) throws IOException {
        return get("/jobs/" + id + "/exceptions")
                .path("exceptionHistory")
                .path("entries")
                .path(0)
                .path("stacktrace")
                .asText();
    }

    /**
     * How the checkpoints of a job go.
     *
     * @param id the job
     * @return the counts since it was submitted
     * @throws IOException if there is no such job, or it does no checkpoints
     */
    public FlinkCheckpoints checkpoints(String id) throws IOException {
        JsonNode counts = get("/jobs/" + id + "/checkpoints").path("counts");
        return new FlinkCheckpoints(
                counts.path("completed").asLong(),
                counts.path("failed").asLong(),
                counts.path("in_progress").asLong(),
                counts.path("restored").asLong());
    }

    /**
     * Where the newest completed checkpoint or savepoint of a job is, from which another can go on.
     *
     * @param id the job, which may have ended
     * @return its address, or null if there is none yet
     * @throws IOException if there is no such job, or it does no checkpoints
     */
    public String latestCheckpoint(String id) throws IOException {
        return get("/jobs/" + id + "/checkpoints")
                .path("latest")
                .path("completed")
                .path("external_path")
                .textValue();
    }

    /**
     * What a job says of its own configuration (its global job parameters).
     *
     * @param id the job
     * @return keys and values
     * @throws IOException if there is no such job
     */
    public Map<String, String> userConfig(String id) throws IOException {
        Map<String, String> config = new TreeMap<>();
        get("/jobs/" + id + "/config")
                .path("execution-config")
                .path("user-config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        return config;
    }

    /**
     * Adds up metrics over all subtasks of a job.
     *
     * <p>Names are as the web UI shows them: those of a task alone ({@code numRecordsIn}) or with
     * an operator before them ({@code Source__kinesis.numRecordsIn}), so that a test for an ending
     * may take the same thing twice. They reset when a job restarts.
     *
     * @param id the job
     * @param names which metrics to take
     * @return what was found; a metric appears some seconds after its operator started
     * @throws IOException if there is no such job
     */
    public MetricSummary metrics(String id, Predicate<String> names) throws IOException {
        MetricSummary summary = MetricSummary.NONE;
        for (JsonNode vertex : get("/jobs/" + id).path("vertices")) {
            String path =
                    "/jobs/" + id + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            List<String> wanted = new ArrayList<>();
            for (JsonNode metric : get(path)) {
                if (names.test(metric.path("id").asText())) {
                    wanted.add(metric.path("id").asText());
                }
            }
            for (int from = 0; from < wanted.size(); from += METRICS_PER_REQUEST) {
                List<String> some =
                        wanted.subList(from, Math.min(from + METRICS_PER_REQUEST, wanted.size()));
                for (JsonNode metric : get(path + "?agg=sum,max&get=" + encoded(some))) {
                    double sum = metric.path("sum").asDouble(Double.NaN);
                    double max = metric.path("max").asDouble(Double.NaN);
                    if (Double.isFinite(sum) && Double.isFinite(max)) {
                        summary = summary.plus(sum, max);
                    }
                }
            }
        }
        return summary;
    }

    private static String encoded(List<String> names) {
        return names.stream()
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
    }

    /** The ids of the TaskManagers that are registered and were not missed yet. */
    List<String> taskManagers() throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonNode taskManager : get("/taskmanagers").path("taskmanagers")) {
            ids.add(taskManager.path("id").asText());
        }
        return ids;
    }

    /** Asks to cancel; the job is cancelled when its state says so. */
    void cancel(String id) throws IOException {
        send(request("/jobs/" + id + "?mode=cancel").method("PATCH", BodyPublishers.noBody()));
    }

    /** Asks for a savepoint, after which the job ends; its answer is for {@link #savepoint}. */
    String triggerStop(String id) throws IOException {
        return send(request("/jobs/" + id + "/stop")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"drain\":false}")))
                .path("request-id")
                .asText();
    }

    /**
     * Where a savepoint is.
     *
     * @return its address, or null as long as it is being written
     * @throws IOException if it failed; the message has the cluster's reason
     */
    String savepoint(String id, String request) throws IOException {
        JsonNode answer = get("/jobs/" + id + "/savepoints/" + request);
        if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
            return null;
        }
        JsonNode operation = answer.path("operation");
        if (operation.has("location")) {
            return operation.path("location").asText();
        }
        throw new SavepointFailedException(
                "The savepoint of job "
                        + id
                        + " failed: "
                        + operation.path("failure-cause").path("stack-trace").asText());
    }

    private JsonNode get(String path) throws IOException {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(TIMEOUT);
    }

    private JsonNode send(HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.build();
        HttpResponse<String> response;
        try {
            response = client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + request.uri(), e);
        } catch (IOException e) {
            // Of a refused connection the JDK's client gives no message.
            String reason = e.getMessage() == null ? "nothing listens there" : e.getMessage();
            throw new IOException("Flink does not answer at " + root + ": " + reason, e);
        }
        if (response.statusCode() >= 300) {
            throw new IOException(
                    request.method()
                            + " "
                            + request.uri()
                            + " gave "
                            + response.statusCode()
                            + ": "
                            + response.body());
        }
        return JSON.readTree(response.body());
    }
}
