package io.hydrant.launcher.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a file gets of a stream's description: all of it but secrets.
 *
 * <p>Source: Firehose API reference, the shapes with a {@code sensitive} member.
 */
final class ImportedStream {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Fields that hold a secret, wherever they are. */
    private static final Set<String> SECRETS =
            Set.of("AccessKey", "Password", "HECToken", "PrivateKey", "KeyPassphrase");

    private final JsonNode content;
    private final List<String> secrets = new ArrayList<>();

    private ImportedStream(JsonNode content) {
        this.content = content;
    }

    /** What the service answered, without its secrets. */
    static ImportedStream of(JsonNode answer) {
        ImportedStream stream = new ImportedStream(answer.deepCopy());
        stream.removeSecrets(stream.content, "");
        return stream;
    }

    private void removeSecrets(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                String place = path.isEmpty() ? name : path + '.' + name;
                if (SECRETS.contains(name) && object.get(name).isValueNode()) {
                    object.remove(name);
                    secrets.add(place);
                } else {
                    removeSecrets(object.get(name), place);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                removeSecrets(array.get(i), path + '[' + i + ']');
            }
        }
    }

    /** Paths of the secrets that were left out. */
    List<String> secrets() {
        return List.copyOf(secrets);
    }

    /** The file's text, in the form of describe-delivery-stream. */
    String text() throws JsonProcessingException {
        return JSON.writeValueAsString(content) + '\n';
    }
}
