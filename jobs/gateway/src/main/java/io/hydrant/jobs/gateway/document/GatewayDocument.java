package io.hydrant.jobs.gateway.document;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsOptions;
import io.hydrant.core.options.OptionCatalog;
import io.hydrant.jobs.gateway.GatewayOptions;
import io.hydrant.kinesis.stream.StreamArn;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.configuration.Configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the gateway's configuration out of files of two kinds: documents of the delivery job
 * (Firehose's own, with a Kinesis stream as source), each of which is a delivery stream to serve;
 * and documents of the gateway, {@code {"DeliveryStreams": [{"DeliveryStreamName": …,
 * "KinesisStreamARN": …}], "Hydrant": {…}}}.
 *
 * <p>Of a document of the delivery job only the name, the Kinesis stream, the destination (to be
 * shown) and the {@code aws.*} options are read; that job checks the rest. A document of the
 * gateway is read strictly.
 */
public final class GatewayDocument {

    /** The options that a gateway has. */
    public static final OptionCatalog CATALOG =
            OptionCatalog.of(GatewayOptions.class, AwsOptions.class);

    private static final Set<String> AWS_OPTIONS =
            OptionCatalog.of(AwsOptions.class).options().keySet();
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
    private static final String STREAMS = "DeliveryStreams";
    private static final String HYDRANT = "Hydrant";
    private static final String NAME_FIELD = "DeliveryStreamName";
    private static final String ARN_FIELD = "KinesisStreamARN";

    /** The option by which the delivery job finds the stream behind DirectPut, too. */
    private static final String STREAM_BEHIND = "direct-put.stream";

    private static final String DESCRIPTION = "DeliveryStreamDescription";

    /** Fields that hold a secret, wherever they are; the API marks them as sensitive. */
    private static final Set<String> SECRETS =
            Set.of(
                    "AccessKey",
                    "Password",
                    "HECToken",
                    "PrivateKey",
                    "KeyPassphrase",
                    "Username",
                    "AttributeValue");

    private final Configuration options = new Configuration();
    private final List<Found> found = new ArrayList<>();

    private GatewayDocument() {}

    private record Found(
            String place,
            String name,
            StreamArn stream,
            Map<String, String> aws,
            String version,
            JsonNode destination) {}

    /**
     * Reads files and what is set over them.
     *
     * @param files at least one, of either kind
     * @param assignments {@code key=value}, over the files' own options
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException naming the file, the path, the value and what is right
     */
    public static GatewayDocument read(List<Path> files, List<String> assignments)
            throws IOException {
        GatewayDocument document = new GatewayDocument();
        for (Path file : files) {
            document.read(file);
        }
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                // A value may be a secret.
                throw new IllegalArgumentException(
                        "--set takes KEY=VALUE, such as gateway.port=8088");
            }
            document.give(
                    "--set", assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return document;
    }

    /** The options that were given. */
    public Configuration options() {
        return new Configuration(options);
    }

    /** The delivery streams by name. */
    public Map<String, ServedStream> streams() {
        Map<String, ServedStream> streams = new LinkedHashMap<>();
        for (Found one : found) {
            Configuration aws = new Configuration(options);
            one.aws.forEach(aws::setString);
            ServedStream other =
                    streams.put(
                            one.name,
                            new ServedStream(
                                    one.name,
                                    one.stream,
                                    AwsClientConfig.from(aws)
                                            .withDefaultRegion(one.stream.region()),
                                    one.version,
                                    one.destination));
            if (other != null) {
                throw new IllegalArgumentException(
                        one.place
                                + ": there are two delivery streams named '"
                                + one.name
                                + "'; a name stands for one");
            }
        }
        if (streams.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no delivery stream to serve. Give the configuration of one or more"
                            + " deliveries, or a gateway.json with "
                            + STREAMS);
        }
        return streams;
    }

    private void read(Path file) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + " is not valid JSON: " + e.getOriginalMessage(), e);
        }
        if (root == null || !root.isObject()) {
            throw new IllegalArgumentException(file + " holds no JSON object");
        }
        if (root.has(STREAMS)) {
            readOfGateway(file.toString(), root);
        } else {
            readOfDelivery(file.toString(), root);
        }
    }

    private void readOfGateway(String file, JsonNode root) {
        requireOnly(file, root, Set.of(STREAMS, HYDRANT));
        if (!root.get(STREAMS).isArray()) {
            throw new IllegalArgumentException(file + ": " + STREAMS + " must be a list");
        }
        int place = 0;
        for (JsonNode stream : root.get(STREAMS)) {
            String path = file + ": " + STREAMS + '[' + place++ + ']';
            requireOnly(path, stream, Set.of(NAME_FIELD, ARN_FIELD));
            add(
                    path,
                    stream.path(NAME_FIELD),
                    stream.path(ARN_FIELD),
                    Map.of(),
                    "1",
                    JsonNodeFactory.instance.objectNode());
        }
        hydrant(file, root).forEach((key, value) -> give(file, key, value));
    }

    private void readOfDelivery(String file, JsonNode root) {
        boolean isDescription = root.has(DESCRIPTION);
        JsonNode stream = isDescription ? root.get(DESCRIPTION) : root;
        JsonNode source =
                isDescription
                        ? stream.path("Source").path("KinesisStreamSourceDescription")
                        : stream.path("KinesisStreamSourceConfiguration");
        Map<String, String> options = hydrant(file, root);
        String behind = options.get(STREAM_BEHIND);
        if (source.isMissingNode() && behind == null) {
            throw new IllegalArgumentException(
                    file
                            + " names no Kinesis stream (KinesisStreamSourceConfiguration). A delivery"
                            + " stream with DirectPut has none: create one, and name it by "
                            + STREAM_BEHIND
                            + " in its "
                            + HYDRANT
                            + " object, or in a gateway.json with "
                            + STREAMS);
        }
        Map<String, String> aws = new LinkedHashMap<>();
        options.forEach(
                (key, value) -> {
                    if (AWS_OPTIONS.contains(key)) {
                        aws.put(key, value);
                    }
                });
        JsonNode destination =
                isDescription ? stream.path("Destinations").path(0).deepCopy() : described(stream);
        removeSecrets(destination);
        add(
                file,
                stream.path(NAME_FIELD),
                source.isMissingNode()
                        ? JsonNodeFactory.instance.textNode(behind)
                        : source.path(ARN_FIELD),
                aws,
                stream.path("VersionId").asText("1"),
                destination.isObject() ? destination : JsonNodeFactory.instance.objectNode());
    }

    private void add(
            String place,
            JsonNode name,
            JsonNode arn,
            Map<String, String> aws,
            String version,
            JsonNode destination) {
        if (!name.isTextual() || !NAME.matcher(name.textValue()).matches()) {
            throw new IllegalArgumentException(
                    place
                            + ": "
                            + NAME_FIELD
                            + " is "
                            + (name.isMissingNode() ? "missing" : name)
                            + "; it must have 1 to 64 of the characters a-z, A-Z, 0-9, _, . and -");
        }
        StreamArn stream;
        try {
            stream = StreamArn.parse(arn.asText());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + ": " + ARN_FIELD + ": " + e.getMessage(), e);
        }
        found.add(new Found(place, name.textValue(), stream, aws, version, destination));
    }

    private void give(String place, String key, String value) {
        String problem = CATALOG.problemWith(key);
        if (problem != null) {
            throw new IllegalArgumentException(place + ": " + problem);
        }
        options.setString(key, value);
        try {
            options.get(CATALOG.options().get(key));
        } catch (IllegalArgumentException e) {
            boolean isSecret = key.equals(AwsOptions.BASIC_SECRET_KEY.key());
            throw new IllegalArgumentException(
                    place
                            + ": "
                            + key
                            + (isSecret ? "" : " is '" + value + "', which")
                            + " is not allowed; "
                            + CATALOG.allowedValues(key),
                    isSecret ? null : e);
        }
    }

    private static Map<String, String> hydrant(String file, JsonNode root) {
        Map<String, String> options = new LinkedHashMap<>();
        JsonNode hydrant = root.path(HYDRANT);
        if (!hydrant.isMissingNode() && !hydrant.isObject()) {
            throw new IllegalArgumentException(file + ": " + HYDRANT + " must be an object");
        }
        hydrant.fields()
                .forEachRemaining(
                        field -> {
                            if (field.getValue().isValueNode()) {
                                options.put(field.getKey(), field.getValue().asText());
                            }
                        });
        return options;
    }

    /** The destination of a document of CreateDeliveryStream, under the names of a description. */
    private static ObjectNode described(JsonNode stream) {
        ObjectNode destination = JsonNodeFactory.instance.objectNode();
        stream.fields()
                .forEachRemaining(
                        field -> {
                            String name = field.getKey();
                            if (name.endsWith("DestinationConfiguration")) {
                                destination.set(
                                        name.replace("Configuration", "Description"),
                                        field.getValue().deepCopy());
                            }
                        });
        return destination;
    }

    private static void removeSecrets(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(SECRETS);
            object.elements().forEachRemaining(GatewayDocument::removeSecrets);
        } else if (node instanceof ArrayNode array) {
            array.elements().forEachRemaining(GatewayDocument::removeSecrets);
        }
    }

    private static void requireOnly(String place, JsonNode node, Set<String> names) {
        for (Iterator<String> fields = node.fieldNames(); fields.hasNext(); ) {
            String name = fields.next();
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        place + ": '" + name + "' is not known; there are " + names);
            }
        }
    }
}
