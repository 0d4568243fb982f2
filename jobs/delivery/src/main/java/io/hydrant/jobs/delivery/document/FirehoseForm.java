package io.hydrant.jobs.delivery.document;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** The two forms in which Firehose writes one configuration, and what each calls its parts. */
enum FirehoseForm {
    /** The input of CreateDeliveryStream. */
    CREATE("", "KinesisStreamSourceConfiguration", "ExtendedS3DestinationConfiguration"),
    /** The output of DescribeDeliveryStream. */
    DESCRIBE(
            "DeliveryStreamDescription",
            "DeliveryStreamDescription.Source.KinesisStreamSourceDescription",
            "DeliveryStreamDescription.Destinations[0].ExtendedS3DestinationDescription");

    static final String HYDRANT = "Hydrant";

    private final String streamPath;
    private final String sourcePath;
    private final String destinationPath;

    FirehoseForm(String streamPath, String sourcePath, String destinationPath) {
        this.streamPath = streamPath;
        this.sourcePath = sourcePath;
        this.destinationPath = destinationPath;
    }

    static FirehoseForm of(JsonNode root) {
        return root.has(DESCRIBE.streamPath) ? DESCRIBE : CREATE;
    }

    /** The path that a CreateDeliveryStream path has in this form; others stay as they are. */
    String translate(String path) {
        if (this == CREATE) {
            return path;
        }
        for (Map.Entry<String, String> part :
                Map.of(
                                CREATE.sourcePath, sourcePath,
                                CREATE.destinationPath, destinationPath)
                        .entrySet()) {
            if (path.equals(part.getKey()) || path.startsWith(part.getKey() + ".")) {
                return part.getValue() + path.substring(part.getKey().length());
            }
        }
        return List.of("DeliveryStreamName", "DeliveryStreamType").contains(path)
                ? streamPath + "." + path
                : path;
    }
}
