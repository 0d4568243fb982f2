package io.hydrant.localstack.fakes.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loopback HTTP/1.1 server around one {@link Service}: connections, faults and the request log.
 *
 * <p>It listens on the loopback address only and checks no signature.
 */
public final class FakeServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FakeServer.class);
    private static final byte[] LOCALHOST = {127, 0, 0, 1};

    static {
        // Without this, the kernel holds back the end of an answer for up to 40 ms; and the
        // default of 200 kept connections is below what a wide job opens.
        setDefault("sun.net.httpserver.nodelay", "true");
        setDefault("sun.net.httpserver.maxIdleConnections", "2000");
        setDefault("sun.net.httpserver.idleInterval", "300");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Service service;
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();

    private FakeServer(HttpServer server, ExecutorService threads, Service service) {
        this.server = server;
        this.threads = threads;
        this.service = service;
    }

    /**
     * Starts listening.
     *
     * @param name names the threads
     * @param port port to listen on, 0 for any free one
     * @param service what answers
     * @throws IOException if the port is taken
     */
    public static FakeServer start(String name, int port, Service service) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getByAddress(LOCALHOST), port);
        HttpServer http = HttpServer.create(address, 1024);
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads =
                Executors.newCachedThreadPool(
                        task -> {
                            Thread thread = new Thread(task, name + '-' + number.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        });
        FakeServer started = new FakeServer(http, threads, service);
        http.setExecutor(threads);
        http.createContext("/", started::exchange);
        http.start();
        return started;
    }

    /** Where clients find it. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The faults in store. */
    public Faults faults() {
        return faults;
    }

    /** What was asked. */
    public RequestLog log() {
        return log;
    }

    /** Stops at once; requests under way are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    @SuppressWarnings("CatchingUnchecked") // a defect of a fake must answer, or its caller hangs
    private void exchange(HttpExchange exchange) {
        long start = System.currentTimeMillis();
        Call call = new Call(exchange);
        String action = service.action(call);
        try (exchange) {
            Fault fault = faults.take(action);
            if (fault != null && fault.moment() != Fault.Moment.DROP_ANSWER) {
                drain(call);
                log.record(action, start, System.currentTimeMillis());
                if (fault.moment() == Fault.Moment.REFUSE) {
                    send(
                            exchange,
                            service.error(call, fault.status(), fault.code(), fault.message()));
                }
                return;
            }
            Reply reply;
            try {
                reply = service.handle(action, call);
            } catch (Exception e) {
                LOG.warn("{} failed inside the fake", action, e);
                reply = service.error(call, 500, "InternalFailure", String.valueOf(e));
            }
            drain(call);
            // Before the answer: who has it in hand may look at the log.
            log.record(action, start, System.currentTimeMillis());
            if (fault == null) {
                send(exchange, reply);
            }
        } catch (IOException e) {
            LOG.debug("{}: the client went away", action, e);
        }
    }

    /** A body left unread would close the connection under the client's feet. */
    private static void drain(Call call) throws IOException {
        try (InputStream body = call.body()) {
            body.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || reply.length() == 0;
        exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.length());
        if (bodiless) {
            return;
        }
        try (OutputStream out = exchange.getResponseBody()) {
            for (Reply.Slice slice : reply.slices()) {
                out.write(slice.array(), slice.offset(), slice.count());
            }
        }
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
