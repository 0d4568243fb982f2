package io.hydrant.launcher.soak;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands before S3 and passes requests on, but for one that it is told to hold: before S3 has it,
 * or when S3 has done it and the answer is due. Whoever sent that one can be killed meanwhile.
 */
final class BucketDoor implements AutoCloseable {

    /** What each connection says for itself. */
    private static final Set<String> OF_CONNECTION =
            Set.of(
                    "connection",
                    "content-length",
                    "date",
                    "expect",
                    "host",
                    "transfer-encoding",
                    "upgrade");

    private final URI bucketAt;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private final ExecutorService threads;
    private final AtomicReference<Held> armed = new AtomicReference<>();
    private volatile CountDownLatch killed = new CountDownLatch(0);

    private BucketDoor(URI bucketAt, HttpServer server, ExecutorService threads) {
        this.bucketAt = bucketAt;
        this.server = server;
        this.threads = threads;
    }

    private record Held(TableStep step, boolean isBehind) {}

    /** Opens it before an S3 of this machine, whose signatures nobody checks. */
    static BucketDoor open(URI bucketAt) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads =
                Executors.newCachedThreadPool(
                        work -> {
                            Thread thread = new Thread(work, "bucket-door");
                            thread.setDaemon(true);
                            return thread;
                        });
        server.setExecutor(threads);
        BucketDoor door = new BucketDoor(bucketAt, server, threads);
        server.createContext("/", door::pass);
        server.start();
        return door;
    }

    /** Where clients find S3 through it. */
    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /**
     * Holds the next request of a step.
     *
     * @param isBehind whether S3 is to have done it
     */
    void hold(TableStep step, boolean isBehind) {
        killed = new CountDownLatch(1);
        armed.set(new Held(step, isBehind));
    }

    /** Whether the request that is to be held has come by. */
    boolean isHolding() {
        return armed.get() == null;
    }

    /** Lets it go, without an answer that means something. */
    void letGo() {
        armed.set(null);
        killed.countDown();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            Held held = take(exchange);
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (held == null) {
                answer(exchange, send(exchange, body));
                return;
            }
            if (held.isBehind()) {
                send(exchange, body);
            }
            killed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Held take(HttpExchange exchange) {
        Held held = armed.get();
        boolean isIt =
                held != null
                        && held.step()
                                .is(
                                        exchange.getRequestMethod(),
                                        exchange.getRequestURI().getPath());
        return isIt && armed.compareAndSet(held, null) ? held : null;
    }

    private HttpResponse<byte[]> send(HttpExchange exchange, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(bucketAt.resolve(exchange.getRequestURI().toString()))
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(body));
        for (Map.Entry<String, List<String>> each : exchange.getRequestHeaders().entrySet()) {
            if (isPassedOn(each.getKey())) {
                each.getValue().forEach(value -> request.header(each.getKey(), value));
            }
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
            throws IOException {
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        for (Map.Entry<String, List<String>> each : answer.headers().map().entrySet()) {
            // That of HEAD is the object's.
            if (isPassedOn(each.getKey())
                    || (isHead && each.getKey().equalsIgnoreCase("content-length"))) {
                exchange.getResponseHeaders().put(each.getKey(), each.getValue());
            }
        }
        byte[] body = answer.body();
        boolean isBodiless = isHead || body.length == 0;
        exchange.sendResponseHeaders(answer.statusCode(), isBodiless ? -1 : body.length);
        if (!isBodiless) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static boolean isPassedOn(String header) {
        return !OF_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.shutdownNow();
    }
}
