package io.hydrant.jobs.delivery.document;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The two forms in which Firehose writes one configuration, and what each calls its parts. */
enum FirehoseForm {
    /** The input of CreateDeliveryStream. */
    CREATE("", "KinesisStreamSourceConfiguration", "", "Configuration"),
    /** The output of DescribeDeliveryStream. */
    DESCRIBE(
            "DeliveryStreamDescription",
            "DeliveryStreamDescription.Source.KinesisStreamSourceDescription",
            "DeliveryStreamDescription.Destinations[0].",
            "Description");

    static final String HYDRANT = "Hydrant";

    private static final List<String> DESTINATIONS =
            List.of("ExtendedS3Destination", "IcebergDestination", "RedshiftDestination");

    private final String streamPath;
    private final String sourcePath;
    private final String destinationBegin;
    private final String destinationEnd;

    FirehoseForm(
            String streamPath, String sourcePath, String destinationBegin, String destinationEnd) {
        this.streamPath = streamPath;
        this.sourcePath = sourcePath;
        this.destinationBegin = destinationBegin;
        this.destinationEnd = destinationEnd;
    }

    static FirehoseForm of(JsonNode root) {
        return root.has(DESCRIBE.streamPath) ? DESCRIBE : CREATE;
    }

    /** The path that a CreateDeliveryStream path has in this form; others stay as they are. */
    String translate(String path) {
        if (this == CREATE) {
            return path;
        }
        Map<String, String> parts = new HashMap<>(Map.of(CREATE.sourcePath, sourcePath));
        for (String destination : DESTINATIONS) {
            parts.put(CREATE.destination(destination), destination(destination));
        }
        for (Map.Entry<String, String> part : parts.entrySet()) {
            if (path.equals(part.getKey()) || path.startsWith(part.getKey() + ".")) {
                return part.getValue() + path.substring(part.getKey().length());
            }
        }
        return List.of("DeliveryStreamName", "DeliveryStreamType").contains(path)
                ? streamPath + "." + path
                : path;
    }

    private String destination(String name) {
        return destinationBegin + name + destinationEnd;
    }
}
