package io.hydrant.launcher.deploy;

import io.hydrant.localstack.fakes.http.Call;
import io.hydrant.localstack.fakes.http.Reply;
import io.hydrant.localstack.fakes.http.Service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * DescribeApplication and StartApplication of Managed Service for Apache Flink, in JSON 1.1, for
 * one application that goes through statuses as it is looked at.
 */
final class FakeManagedFlink implements Service {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "KinesisAnalytics_20180523.";

    private final String application;
    private final Deque<String> statuses;
    private final List<String> started = new ArrayList<>();

    /**
     * An application.
     *
     * @param statuses what it is at each look; stays at the last
     */
    FakeManagedFlink(String application, String... statuses) {
        this.application = application;
        this.statuses = new ArrayDeque<>(List.of(statuses));
    }

    /** The applications that were started, a line each time. */
    synchronized List<String> started() {
        return List.copyOf(started);
    }

    @Override
    public String action(Call call) {
        return call.header("X-Amz-Target").substring(TARGET.length());
    }

    @Override
    public synchronized Reply handle(String action, Call call) throws IOException {
        JsonNode request = JSON.readTree(call.body().readAllBytes());
        String name = request.path("ApplicationName").asText();
        if (!name.equals(application)) {
            return error(call, 400, "ResourceNotFoundException", name);
        }
        return switch (action) {
            case "DescribeApplication" -> {
                String status = statuses.size() > 1 ? statuses.poll() : statuses.peek();
                yield new Reply(200)
                        .body(
                                JSON.writeValueAsBytes(
                                        JSON.createObjectNode()
                                                .set(
                                                        "ApplicationDetail",
                                                        JSON.createObjectNode()
                                                                .put("ApplicationName", name)
                                                                .put(
                                                                        "ApplicationStatus",
                                                                        status))));
            }
            case "StartApplication" -> {
                started.add(name);
                yield new Reply(200).body(JSON.writeValueAsBytes(JSON.createObjectNode()));
            }
            default -> error(call, 400, "UnknownOperationException", action);
        };
    }

    @Override
    public Reply error(Call call, int status, String code, String message) {
        return new Reply(status)
                .header("x-amzn-ErrorType", code)
                .body(("{\"message\":\"" + message + "\"}").getBytes(UTF_8));
    }
}
