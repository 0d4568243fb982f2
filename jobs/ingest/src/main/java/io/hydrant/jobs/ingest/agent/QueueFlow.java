package io.hydrant.jobs.ingest.agent;

import io.hydrant.jobs.ingest.convert.Conversion;
import io.hydrant.jobs.ingest.objects.QueueConfig;
import io.hydrant.jobs.ingest.restream.RouteConfig;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One flow from objects that arrive to a stream.
 *
 * @param id name of the flow, which no other flow has
 * @param region where the queue is
 * @param queue how queue and objects are read
 * @param target where records go, the name of a stream
 * @param partitionKey where their keys come from
 * @param conversions what is done to them, in order
 * @param filter jq that says which records are sent, null for all
 * @param route what is made of those that are sent, null where they go as they are
 * @param errorStream where those go of which nothing can be made, the name or the ARN of a stream;
 *     null where they go nowhere
 * @param terminator what ends one that had to be cut
 * @param options {@code sink.*} of this flow, which go before those of the file
 */
public record QueueFlow(
        String id,
        String region,
        QueueConfig queue,
        String target,
        AgentFlow.PartitionKeyOption partitionKey,
        List<Conversion> conversions,
        String filter,
        RouteConfig route,
        String errorStream,
        String terminator,
        Map<String, String> options) {

    /** Copies list and map. */
    public QueueFlow {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(partitionKey, "partitionKey");
        conversions = List.copyOf(conversions);
        Objects.requireNonNull(terminator, "terminator");
        options = Map.copyOf(options);
    }

    /** What ends a record that had to be cut, in bytes. */
    public byte[] terminatorBytes() {
        return terminator.getBytes(StandardCharsets.UTF_8);
    }
}
