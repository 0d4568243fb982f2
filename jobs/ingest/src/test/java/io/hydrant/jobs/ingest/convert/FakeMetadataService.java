package io.hydrant.jobs.ingest.convert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import software.amazon.awssdk.core.SdkSystemSetting;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A double of the instance metadata service, which takes requests with a token alone, and is where
 * this JVM looks for it until it is closed.
 */
public final class FakeMetadataService implements AutoCloseable {

    static final String DOCUMENT = "/latest/dynamic/instance-identity/document";

    private static final String ENDPOINT =
            SdkSystemSetting.AWS_EC2_METADATA_SERVICE_ENDPOINT.property();

    /** Path to body; what is not there is not found. */
    private final Map<String, String> pages = new ConcurrentHashMap<>();

    private final HttpServer server;
    private final String before;

    private FakeMetadataService(HttpServer server) {
        this.server = server;
        this.before = System.getProperty(ENDPOINT);
    }

    /** Starts that of an instance which shows no tags. */
    public static FakeMetadataService start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FakeMetadataService service = new FakeMetadataService(server);
        service.pages.put(
                DOCUMENT,
                "{\"accountId\":\"111122223333\",\"imageId\":\"ami-9\",\"kernelId\":null,"
                        + "\"privateIp\":\"10.0.0.7\",\"availabilityZone\":\"eu-west-1a\","
                        + "\"instanceId\":\"i-1\",\"instanceType\":\"m7g.large\","
                        + "\"region\":\"eu-west-1\",\"version\":\"2017-09-30\"}");
        server.createContext("/", service::answer);
        server.start();
        System.setProperty(ENDPOINT, "http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return service;
    }

    /** Body by path, to be changed at any time. */
    Map<String, String> pages() {
        return pages;
    }

    /** Answers nobody any more. */
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String token = exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token");
        boolean isForToken =
                path.equals("/latest/api/token")
                        && exchange.getRequestMethod().equals("PUT")
                        && exchange.getRequestHeaders()
                                .containsKey("X-aws-ec2-metadata-token-ttl-seconds");
        String body = isForToken ? "secret" : "secret".equals(token) ? pages.get(path) : "";
        int status = body == null ? 404 : body.isEmpty() ? 401 : 200;
        byte[] bytes = (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        stop();
        if (before == null) {
            System.clearProperty(ENDPOINT);
        } else {
            System.setProperty(ENDPOINT, before);
        }
    }
}
