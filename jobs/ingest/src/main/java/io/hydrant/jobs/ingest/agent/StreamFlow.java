package io.hydrant.jobs.ingest.agent;

import io.hydrant.jobs.ingest.restream.RouteConfig;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One flow from streams to a stream.
 *
 * @param sources where records come from, each the name or the ARN of a stream
 * @param target where they go, the name or the ARN of a stream
 * @param errorStream where those go that fail, a name or an ARN; null where they go nowhere
 * @param route what is done to each record
 * @param options {@code sink.*} of this flow, which go before those of the file
 */
public record StreamFlow(
        List<String> sources,
        String target,
        String errorStream,
        RouteConfig route,
        Map<String, String> options) {

    /** Copies list and map. */
    public StreamFlow {
        sources = List.copyOf(sources);
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(route, "route");
        options = Map.copyOf(options);
    }

    /** Name of the flow, which no other flow has. */
    public String id() {
        return route.flow();
    }
}
