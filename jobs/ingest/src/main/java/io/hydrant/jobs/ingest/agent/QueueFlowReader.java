package io.hydrant.jobs.ingest.agent;

import io.hydrant.delivery.transform.TransformConfig;
import io.hydrant.jobs.ingest.objects.QueueConfig;
import io.hydrant.jobs.ingest.restream.KeyChoice;
import io.hydrant.jobs.ingest.restream.RouteConfig;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a flow from objects that arrive, which the agent does not have. */
final class QueueFlowReader {

    /** What tells such a flow from others. */
    static final String SOURCE = "sourceQueue";

    private static final Pattern URL = Pattern.compile("https?://[^/]+/\\d{12}/[\\w-]{1,80}");
    private static final Pattern REGIONAL =
            Pattern.compile("https?://(?:sqs\\.)?([a-z]{2}(?:-[a-z]+)+-\\d)\\..*");
    private static final String TARGET = "kinesisStream";
    private static final int LINE_BYTES = 10 * 1024 * 1024;

    /** What a record of a stream takes beside key and stamp. */
    private static final int WHOLE_BYTES = 1024 * 1024 - 512;

    private static final int HIDDEN_SECONDS = 300;
    private static final int LEAST_HIDDEN_SECONDS = 10;
    private static final int MOST_HIDDEN_SECONDS = 12 * 60 * 60;

    private QueueFlowReader() {}

    /**
     * The flow, or null where it is not whole; problems say why.
     *
     * @param region where queues are whose URLs do not say it, or null
     */
    static QueueFlow read(AgentFields fields, String region, int remembered) {
        for (String other : List.of("filePattern", "sourceStream", "deliveryStream")) {
            if (fields.value(other) != null) {
                fields.refuse(
                        other,
                        "does not go with "
                                + SOURCE
                                + "; a flow has one source, and its records go to a "
                                + TARGET);
            }
        }
        String queue = fields.required(SOURCE);
        if (queue != null && !URL.matcher(queue).matches()) {
            queue =
                    fields.refuse(
                            SOURCE,
                            "'"
                                    + queue
                                    + "' is not the URL of a queue, such as"
                                    + " https://sqs.eu-west-1.amazonaws.com/111122223333/arrivals");
        }
        String ofQueue = region(queue, region);
        if (queue != null && ofQueue == null) {
            fields.refuse(SOURCE, "names no region, and no kinesis.region is given");
        }
        String target = fields.required(TARGET);
        String name = fields.text("name");
        QueueConfig.Records records =
                fields.choice(
                        "objectRecords", QueueConfig.Records.class, QueueConfig.Records.LINES);
        int header = (int) fields.number("skipHeaderLines", 0, 0, Integer.MAX_VALUE);
        if (header > 0 && records == QueueConfig.Records.WHOLE) {
            fields.refuse("skipHeaderLines", "does not go with the objectRecords WHOLE");
        }
        long hidden =
                fields.number(
                        "visibilityTimeoutSeconds",
                        HIDDEN_SECONDS,
                        LEAST_HIDDEN_SECONDS,
                        MOST_HIDDEN_SECONDS);
        QueueConfig.Rest bad =
                fields.choice("badMessages", QueueConfig.Rest.class, QueueConfig.Rest.LEAVE);
        QueueConfig.Rest unreadable =
                fields.choice("unreadableObjects", QueueConfig.Rest.class, QueueConfig.Rest.LEAVE);
        AgentFlow.PartitionKeyOption key =
                fields.choice(
                        "partitionKeyOption",
                        AgentFlow.PartitionKeyOption.class,
                        AgentFlow.PartitionKeyOption.RANDOM);
        var conversions = ConversionReader.read(fields);
        String filter = StreamFlowReader.filter(fields);
        String id = name != null ? name : "kinesis:" + target + ":" + queue;
        String errors =
                StreamFlowReader.stream(
                        fields, StreamFlowReader.ERRORS, fields.text(StreamFlowReader.ERRORS));
        if (errors != null && errors.equals(target)) {
            fields.refuse(
                    StreamFlowReader.ERRORS,
                    "is " + errors + ", which the flow's records go to; name another");
        }
        RouteConfig route = route(fields, id, errors);
        String terminator = AgentFlowReader.terminator(fields);
        Map<String, String> options = fields.options();
        fields.done();
        if (queue == null || target == null || ofQueue == null) {
            return null;
        }
        return new QueueFlow(
                id,
                ofQueue,
                new QueueConfig(
                        queue,
                        records,
                        header,
                        records == QueueConfig.Records.LINES ? LINE_BYTES : WHOLE_BYTES,
                        Duration.ofSeconds(hidden),
                        remembered,
                        bad,
                        unreadable),
                target,
                key,
                conversions,
                filter,
                route,
                errors,
                terminator,
                options);
    }

    /** Null where records go as they are. */
    private static RouteConfig route(AgentFields fields, String id, String errors) {
        TransformConfig transform = StreamFlowReader.transform(fields);
        RouteConfig.Failed failed = StreamFlowReader.failed(fields, errors);
        if (!transform.equals(TransformConfig.NONE)) {
            return new RouteConfig(
                    id, null, transform, new KeyChoice(KeyChoice.Option.KEEP, null), failed);
        }
        for (String field : List.of(StreamFlowReader.ERRORS, StreamFlowReader.FAILED)) {
            if (fields.value(field) != null) {
                fields.refuse(
                        field,
                        "is there without "
                                + StreamFlowReader.SELECT
                                + " or "
                                + StreamFlowReader.CLASS
                                + ", and nothing else here fails for a record");
            }
        }
        return null;
    }

    private static String region(String queue, String otherwise) {
        if (queue == null) {
            return otherwise;
        }
        Matcher regional = REGIONAL.matcher(queue);
        return regional.matches() ? regional.group(1) : otherwise;
    }
}
