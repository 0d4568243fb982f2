package io.hydrant.jobs.ingest.convert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkSystemSetting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against a double of the instance metadata service, which takes requests with a token alone. */
class AddEc2MetadataTest {

    private static final String ENDPOINT =
            SdkSystemSetting.AWS_EC2_METADATA_SERVICE_ENDPOINT.property();
    private static final String TAGS = "/latest/meta-data/tags/instance/";
    private static final String DOCUMENT = "/latest/dynamic/instance-identity/document";
    private static final String FIELDS =
            "\"privateIp\":\"10.0.0.7\",\"availabilityZone\":\"eu-west-1a\",\"instanceId\":\"i-1\","
                    + "\"instanceType\":\"m7g.large\",\"accountId\":\"111122223333\","
                    + "\"amiId\":\"ami-9\",\"region\":\"eu-west-1\","
                    + "\"metadataTimestamp\":\"2026-11-23T00:00:00+0000\"";

    /** Path to body; what is not there is not found. */
    private final Map<String, String> pages = new ConcurrentHashMap<>();

    private HttpServer service;
    private String before;
    private Instant now = Instant.parse("2026-11-23T00:00:00Z");

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::answer);
        service.start();
        before = System.getProperty(ENDPOINT);
        System.setProperty(ENDPOINT, "http://127.0.0.1:" + service.getAddress().getPort() + "/");
        pages.put(
                DOCUMENT,
                "{\"accountId\":\"111122223333\",\"imageId\":\"ami-9\",\"kernelId\":null,"
                        + "\"privateIp\":\"10.0.0.7\",\"availabilityZone\":\"eu-west-1a\","
                        + "\"instanceId\":\"i-1\",\"instanceType\":\"m7g.large\","
                        + "\"region\":\"eu-west-1\",\"version\":\"2017-09-30\"}");
    }

    @AfterEach
    void stop() {
        service.stop(0);
        if (before == null) {
            System.clearProperty(ENDPOINT);
        } else {
            System.setProperty(ENDPOINT, before);
        }
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

    @Test
    void addsWhatEc2SaysBehindTheFieldsOfARecordOrInTheirPlace() throws Exception {
        AddEc2Metadata added = opened(3600);

        assertThat(added.convert("{\"a\": 1, \"b\": {\"c\": [null]}}"))
                .isEqualTo("{\"a\":1,\"b\":{\"c\":[null]}," + FIELDS + "}");
        assertThat(added.convert("{\"region\":\"mine\"}"))
                .startsWith("{\"region\":\"eu-west-1\",\"privateIp\"");
    }

    @Test
    void addsTagsWhereTheInstanceShowsThem() throws Exception {
        pages.put(TAGS, "Name\nTeam Of");
        pages.put(TAGS + "Name", "web 1");
        pages.put(TAGS + "Team Of", "orders");

        assertThat(opened(3600).convert("{}"))
                .isEqualTo("{" + FIELDS + ",\"tags\":{\"name\":\"web 1\",\"team of\":\"orders\"}}");
    }

    @Test
    void asksAgainWhenWhatItKnowsIsOldAndKeepsItWhereNobodyAnswers() throws Exception {
        AddEc2Metadata added = opened(60);
        pages.put(DOCUMENT, "{\"instanceId\":\"i-2\"}");
        now = now.plusSeconds(59);
        assertThat(added.convert("{}")).contains("\"instanceId\":\"i-1\"");
        now = now.plusSeconds(1);
        assertThat(added.convert("{}"))
                .contains("\"instanceId\":\"i-2\"", "\"privateIp\":null", "00:01:00+0000");

        pages.remove(DOCUMENT);
        now = now.plusSeconds(60);
        assertThat(added.convert("{}")).contains("\"instanceId\":\"i-2\"", "00:01:00+0000");
        pages.put(DOCUMENT, "{\"instanceId\":\"i-3\"}");
        assertThat(added.convert("{}")).as("not for each record").contains("\"i-2\"");
        now = now.plusSeconds(60);
        assertThat(added.convert("{}")).contains("\"instanceId\":\"i-3\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "[1]", "5", "null", "", "{} x"})
    void aRecordThatIsNoObjectIsNotConverted(String record) {
        AddEc2Metadata added = opened(3600);

        assertThatThrownBy(() -> added.convert(record))
                .isInstanceOf(ConversionException.class)
                .hasMessage("It is no JSON object");
    }

    @Test
    void doesNotStartWhereThereIsNoMetadataAndSaysWhatToDo() {
        pages.remove(DOCUMENT);
        assertThatThrownBy(() -> opened(3600))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("ADDEC2METADATA")
                .hasMessageContaining(DOCUMENT + " answers with status 404")
                .hasMessageContaining("ADDMETADATA");

        pages.put(DOCUMENT, "<html>");
        assertThatThrownBy(() -> opened(3600)).hasMessageContaining("no JSON");

        service.stop(0);
        assertThatThrownBy(() -> opened(3600))
                .hasMessageContaining("No metadata service answers at http://127.0.0.1:")
                .hasMessageContaining("a hop limit of 2");
    }

    @Test
    void travelsToTheTaskAndAsksThere() throws Exception {
        AddEc2Metadata sent =
                new AddEc2Metadata(Duration.ofHours(1), JsonLayout.COMPACT, new Imds());

        AddEc2Metadata there = InstantiationUtil.clone(sent);
        there.open(() -> now);

        assertThat(there.convert("{}")).isEqualTo("{" + FIELDS + "}");
    }

    private AddEc2Metadata opened(int seconds) {
        AddEc2Metadata added =
                new AddEc2Metadata(Duration.ofSeconds(seconds), JsonLayout.COMPACT, new Imds());
        added.open(() -> now);
        return added;
    }
}
