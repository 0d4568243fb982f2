package io.hydrant.localstack.fakes.lambda;

import io.hydrant.localstack.fakes.http.FakeServer;
import io.hydrant.localstack.fakes.http.Faults;
import io.hydrant.localstack.fakes.http.RequestLog;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A strict double of Lambda's Invoke in memory, on a loopback port.
 *
 * <p>It runs functions that are Java code, knows them by name or ARN, and has the service's rules
 * that matter to a caller: 6 MiB of payload either way (too large a request is refused with {@code
 * RequestTooLargeException}, too large an answer is the function's error {@code
 * Function.ResponseSizeTooLarge}), {@code ResourceNotFoundException} for what it does not know, and
 * 200 with {@code X-Amz-Function-Error} for a function that throws. A request that is not signed
 * for Lambda, has no JSON or is no synchronous invocation is refused. Source: Lambda API reference,
 * Invoke. It checks that there is a signature, not the signature.
 */
public final class FakeLambda implements AutoCloseable {

    private final Map<String, FakeFunction> functions;
    private final FakeServer server;

    private FakeLambda(Map<String, FakeFunction> functions, FakeServer server) {
        this.functions = functions;
        this.server = server;
    }

    /** Starts on a free port, without functions. */
    public static FakeLambda start() throws IOException {
        Map<String, FakeFunction> functions = new ConcurrentHashMap<>();
        return new FakeLambda(
                functions, FakeServer.start("fake-lambda", 0, new LambdaService(functions)));
    }

    /** Adds a function, or replaces the one of that name. */
    public void deploy(String name, FakeFunction function) {
        functions.put(name, function);
    }

    /** Where clients find it; any region, any credentials. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** Faults to come, by action: {@code Invoke}. */
    public Faults faults() {
        return server.faults();
    }

    /** What was asked. */
    public RequestLog log() {
        return server.log();
    }

    @Override
    public void close() {
        server.close();
    }
}
