package io.hydrant.jobs.ingest.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ADDEC2METADATA: a record that is a JSON object, with what EC2 says of the machine among its
 * fields. Asked when the task starts, which fails where nobody answers, since the agent would send
 * all records without what is asked for; and again when that is old, where no answer leaves what is
 * known.
 */
public final class AddEc2Metadata implements Conversion {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(AddEc2Metadata.class);
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final TypeReference<LinkedHashMap<String, Object>> FIELDS =
            new TypeReference<>() {};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssZ").withZone(ZoneOffset.UTC);

    private final Duration kept;
    private final JsonLayout layout;
    private final InstanceMetadata source;

    private transient InstantSource clock;
    private transient Map<String, Object> known;
    private transient Instant asked;

    /**
     * A conversion that has asked nobody yet.
     *
     * @param kept for how long an answer is good
     */
    public AddEc2Metadata(Duration kept, JsonLayout layout, InstanceMetadata source) {
        this.kept = kept;
        this.layout = layout;
        this.source = source;
    }

    @Override
    public void open() {
        open(InstantSource.system());
    }

    void open(InstantSource time) {
        clock = time;
        try {
            ask();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "ADDEC2METADATA: this machine does not say what it is: "
                            + e.getMessage()
                            + ". Run the flow on an instance of EC2 whose metadata can be read from"
                            + " where the task runs (in a container that takes a hop limit of 2), or take"
                            + " the option out; ADDMETADATA adds what you give it",
                    e);
        }
    }

    @Override
    public String convert(String record) throws ConversionException {
        refresh();
        Map<String, Object> object;
        try {
            object = JSON.readValue(record, FIELDS);
        } catch (JsonProcessingException e) {
            throw new ConversionException("It is no JSON object", e);
        }
        if (object == null) {
            throw new ConversionException("It is no JSON object", null);
        }
        object.putAll(known);
        return layout.write(object);
    }

    private void refresh() {
        if (clock.instant().isBefore(asked.plus(kept))) {
            return;
        }
        try {
            ask();
        } catch (IOException e) {
            // Not for each record again: a metadata service that hangs would hold up all of them.
            asked = clock.instant();
            LOG.warn("What EC2 said of this machine stays as it was: {}", e.getMessage());
        }
    }

    private void ask() throws IOException {
        Instant now = clock.instant();
        Map<String, Object> answer = source.read();
        Map<String, Object> fields = new LinkedHashMap<>();
        answer.forEach(
                (name, value) -> {
                    // Where the agent has it: before the tags, which need a permission.
                    if (name.equals(Imds.TAGS)) {
                        fields.put("metadataTimestamp", TIME.format(now));
                    }
                    fields.put(name, value);
                });
        fields.putIfAbsent("metadataTimestamp", TIME.format(now));
        known = fields;
        asked = now;
    }
}
