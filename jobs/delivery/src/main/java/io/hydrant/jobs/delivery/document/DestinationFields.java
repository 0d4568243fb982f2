package io.hydrant.jobs.delivery.document;

import io.hydrant.jobs.delivery.document.FormatConversion.Given;

import org.apache.flink.configuration.ConfigOption;

import java.util.ArrayList;
import java.util.List;

/** What the destinations of Firehose have in common, and the options that come of one. */
final class DestinationFields {

    private static final int LONGEST_RETRY_SECONDS = 7200;

    private final Fields fields;
    private final List<Given> options = new ArrayList<>();

    DestinationFields(Fields fields) {
        this.fields = fields;
    }

    /** {@code RetryOptions.DurationInSeconds}, null where it is not there or not right. */
    static Integer retrySeconds(Fields fields) {
        Fields retry = fields.object("RetryOptions");
        if (retry == null) {
            return null;
        }
        Integer seconds = retry.integer("DurationInSeconds", 0, LONGEST_RETRY_SECONDS);
        retry.done();
        return seconds;
    }

    /** The same as an option. */
    void giveRetries(ConfigOption<?> option) {
        Integer seconds = retrySeconds(fields);
        give(option, seconds == null ? null : seconds + " s", "RetryOptions.DurationInSeconds");
    }

    /**
     * The destination of S3 within another one, which must be there; null where it is not.
     *
     * @param suffix {@code Configuration} or {@code Description} of the outer one
     */
    Fields s3(String suffix) {
        String described = "S3DestinationDescription";
        String name =
                suffix.equals("Description") && fields.has(described)
                        ? described
                        : "S3Configuration";
        fields.require(name);
        return fields.object(name);
    }

    /**
     * Gives a value to an option; null gives nothing.
     *
     * @param name the field that says it, empty for the destination as a whole
     */
    void give(ConfigOption<?> option, Object value, String name) {
        if (value != null) {
            options.add(
                    new Given(
                            option,
                            value.toString(),
                            name.isEmpty() ? fields.path() : fields.path(name)));
        }
    }

    /** What was given. */
    List<Given> options() {
        return List.copyOf(options);
    }
}
