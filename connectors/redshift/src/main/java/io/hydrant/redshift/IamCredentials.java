package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.SignedHttpClient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.core.exception.SdkException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * User and password that AWS gives an identity of IAM for an hour, asked for anew before they
 * expire and where they were refused. A connection that was made with them may last longer.
 *
 * <p>Source: Redshift API reference, GetClusterCredentials, GetClusterCredentialsWithIAM (version
 * 2012-12-01); Redshift Serverless API reference, GetCredentials.
 *
 * <p>Not thread-safe.
 */
final class IamCredentials implements WarehouseCredentials {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final XMLInputFactory XML = xml();

    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;
    private static final String NOT_ALLOWED = "28000";
    private static final String NOT_REACHED = "08001";

    /** The longest that they may last. */
    private static final int SECONDS = 3600;

    /** A connection is made at once, but no two clocks are the same. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final ClusterName cluster;
    private final String user;
    private final SignedHttpClient client;
    private final Clock clock;

    private Temporary current;

    /**
     * Asks for nothing yet.
     *
     * @param user user of a cluster whose credentials are wanted, null for the identity's own
     * @param client of the service that gives them
     */
    IamCredentials(ClusterName cluster, String user, SignedHttpClient client, Clock clock) {
        this.cluster = cluster;
        this.user = user;
        this.client = client;
        this.clock = clock;
    }

    /** The service where the warehouse is, or where the configuration says. */
    static IamCredentials of(WarehouseAccess access, AwsClientConfig aws) {
        ClusterName cluster = access.cluster();
        String service = cluster.isServerless() ? "redshift-serverless" : "redshift";
        return new IamCredentials(
                cluster,
                access.user(),
                SignedHttpClient.of(service, aws.withDefaultRegion(cluster.region())),
                Clock.systemUTC());
    }

    /** A login, and when it ends. */
    private record Temporary(Login login, Instant until) {}

    @Override
    public Login login() throws SQLException {
        if (current == null || !clock.instant().isBefore(current.until().minus(MARGIN))) {
            current = ask();
        }
        return current.login();
    }

    @Override
    public boolean renew() throws SQLException {
        Login before = current == null ? null : current.login();
        current = ask();
        return !current.login().equals(before);
    }

    private Temporary ask() throws SQLException {
        try {
            return cluster.isServerless() ? ofWorkgroup() : ofCluster();
        } catch (IOException | SdkException e) {
            throw failed("got no answer: " + e.getMessage(), NOT_REACHED, e);
        } catch (XMLStreamException | DateTimeException | IllegalArgumentException e) {
            // Its message might show what was read.
            throw failed("got an answer that is none of " + client.endpoint(), NOT_REACHED, null);
        }
    }

    private Temporary ofWorkgroup() throws IOException, SQLException {
        ObjectNode request = JSON.createObjectNode();
        request.put("workgroupName", cluster.name());
        request.put("dbName", cluster.database());
        request.put("durationSeconds", SECONDS);
        SignedHttpClient.Answer answer =
                client.post(
                        Map.of(
                                "Content-Type",
                                "application/x-amz-json-1.1",
                                "X-Amz-Target",
                                "RedshiftServerless.GetCredentials"),
                        JSON.writeValueAsBytes(request));
        JsonNode read = json(answer.body());
        if (answer.status() != OK) {
            throw refused(answer.status(), read.path("__type").asText(), message(read));
        }
        return new Temporary(
                new Login(read.required("dbUser").asText(), read.required("dbPassword").asText()),
                Instant.ofEpochMilli((long) (read.required("expiration").asDouble() * 1000)));
    }

    private static String message(JsonNode error) {
        return error.path("message").asText(error.path("Message").asText());
    }

    /** An error need not be JSON, where a proxy answers. */
    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    private Temporary ofCluster() throws IOException, SQLException, XMLStreamException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Action", user == null ? "GetClusterCredentialsWithIAM" : "GetClusterCredentials");
        form.put("Version", "2012-12-01");
        form.put("ClusterIdentifier", cluster.name());
        form.put("DbName", cluster.database());
        form.put("DurationSeconds", Integer.toString(SECONDS));
        if (user != null) {
            form.put("DbUser", user);
        }
        String body =
                form.entrySet().stream()
                        .map(
                                each ->
                                        each.getKey()
                                                + '='
                                                + URLEncoder.encode(
                                                        each.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        SignedHttpClient.Answer answer =
                client.post(
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        body.getBytes(StandardCharsets.UTF_8));
        Map<String, String> read = texts(answer.body());
        if (answer.status() != OK) {
            throw refused(
                    answer.status(),
                    read.getOrDefault("Code", ""),
                    read.getOrDefault("Message", ""));
        }
        String name = read.get("DbUser");
        String password = read.get("DbPassword");
        if (name == null || password == null || !read.containsKey("Expiration")) {
            throw new IllegalArgumentException("elements are missing");
        }
        return new Temporary(new Login(name, password), Instant.parse(read.get("Expiration")));
    }

    /** The text of each element that holds nothing else. */
    private static Map<String, String> texts(byte[] xml) throws XMLStreamException {
        Map<String, String> texts = new HashMap<>();
        XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(xml));
        String name = "";
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    name = reader.getLocalName();
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    if (reader.getLocalName().equals(name)) {
                        texts.put(name, text.toString());
                    }
                }
                default -> {
                    // Nothing that holds text.
                }
            }
        }
        return texts;
    }

    /** Reads nothing from elsewhere. */
    private static XMLInputFactory xml() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private SQLException refused(int status, String type, String message) {
        boolean mayPass =
                status >= SERVER_ERROR
                        || type.contains("Throttl")
                        || type.contains("ExpiredToken")
                        || type.contains("RequestLimit");
        return failed(
                "was answered " + status + ", " + type + ": " + message,
                mayPass ? NOT_REACHED : NOT_ALLOWED,
                null);
    }

    private SQLException failed(String what, String state, Exception cause) {
        return new SQLException(
                "The question for temporary credentials of "
                        + cluster
                        + (user == null ? "" : " as " + user)
                        + ' '
                        + what,
                state,
                cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
