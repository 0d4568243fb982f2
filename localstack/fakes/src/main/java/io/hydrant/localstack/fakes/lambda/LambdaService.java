package io.hydrant.localstack.fakes.lambda;

import io.hydrant.localstack.fakes.http.Call;
import io.hydrant.localstack.fakes.http.Reply;
import io.hydrant.localstack.fakes.http.Service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lambda's Invoke. */
final class LambdaService implements Service {

    /** As the service says it in its error messages. */
    private static final int MAX_PAYLOAD = 6_291_556;

    private static final Pattern INVOKE =
            Pattern.compile("/2015-03-31/functions/(?:arn:[^/]*:function:)?([^/:]+)/invocations");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, FakeFunction> functions;

    LambdaService(Map<String, FakeFunction> functions) {
        this.functions = functions;
    }

    @Override
    public String action(Call call) {
        return INVOKE.matcher(call.path()).matches() ? "Invoke" : "Unknown";
    }

    @Override
    public Reply handle(String action, Call call) throws IOException {
        Matcher path = INVOKE.matcher(call.path());
        if (!path.matches() || !call.method().equals("POST")) {
            return error(call, 404, "UnknownOperationException", "Only Invoke is known here");
        }
        String authorization = call.header("Authorization");
        if (authorization == null || !authorization.contains("/lambda/aws4_request")) {
            return error(call, 403, "MissingAuthenticationTokenException", "Not signed for Lambda");
        }
        if (!"RequestResponse".equals(call.header("X-Amz-Invocation-Type"))) {
            return error(
                    call, 400, "InvalidParameterValueException", "Only RequestResponse is known");
        }
        byte[] event = call.body().readAllBytes();
        if (event.length > MAX_PAYLOAD) {
            return error(
                    call,
                    413,
                    "RequestTooLargeException",
                    event.length + " byte payload is too large; limit is " + MAX_PAYLOAD);
        }
        FakeFunction function = functions.get(path.group(1));
        if (function == null) {
            return error(
                    call, 404, "ResourceNotFoundException", "Function not found: " + path.group(1));
        }
        try {
            JSON.readTree(event);
        } catch (IOException e) {
            return error(call, 400, "InvalidRequestContentException", "The event is no JSON");
        }
        return run(function, event);
    }

    private static Reply run(FakeFunction function, byte[] event) {
        byte[] answer;
        try {
            answer = function.handle(event);
        } catch (IOException e) {
            return failed(e.getClass().getSimpleName(), e.getMessage());
        }
        return answer.length > MAX_PAYLOAD
                ? failed(
                        "Function.ResponseSizeTooLarge",
                        "Response payload size exceeded maximum allowed payload size ("
                                + MAX_PAYLOAD
                                + " bytes).")
                : new Reply(200).body(answer);
    }

    private static Reply failed(String type, String message) {
        ObjectNode error = JSON.createObjectNode();
        error.put("errorType", type);
        error.put("errorMessage", message);
        return new Reply(200)
                .header("X-Amz-Function-Error", "Unhandled")
                .body(error.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Reply error(Call call, int status, String code, String message) {
        ObjectNode error = JSON.createObjectNode();
        error.put("Message", message);
        return new Reply(status)
                .header("X-Amzn-ErrorType", code + ":http://internal.amazon.com/")
                .header("Content-Type", "application/json")
                .body(error.toString().getBytes(StandardCharsets.UTF_8));
    }
}
