package io.hydrant.jobs.gateway.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts what goes on, and shows it in the text format of Prometheus. Names of clients, delivery
 * streams, actions and errors are all the gateway's own, so that nobody outside can make the page
 * grow. Thread-safe.
 *
 * <p>Source: Prometheus, "Exposition formats", text-based format 0.0.4.
 */
public final class GatewayMetrics {

    /** Content type of {@link #page}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double[] SECONDS = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
    };

    private final Map<String, LongAdder> counters = new ConcurrentSkipListMap<>();
    private final Map<String, LongSupplier> gauges = new ConcurrentSkipListMap<>();
    private final Map<String, Durations> durations = new ConcurrentHashMap<>();

    private static final class Durations {
        private final LongAdder[] buckets = new LongAdder[SECONDS.length];
        private final LongAdder nanos = new LongAdder();
        private final LongAdder count = new LongAdder();

        private Durations() {
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = new LongAdder();
            }
        }
    }

    /** A request was answered. */
    public void answered(String action, String client, String code, long nanos) {
        count("requests_total", labels("action", action, "client", client, "code", code), 1);
        Durations of = durations.computeIfAbsent(action, any -> new Durations());
        of.count.increment();
        of.nanos.add(nanos);
        for (int i = 0; i < SECONDS.length; i++) {
            if (nanos <= SECONDS[i] * 1e9) {
                of.buckets[i].increment();
            }
        }
    }

    /** Records came for a delivery stream; bytes are those of their data. */
    public void incoming(String deliveryStream, long records, long bytes) {
        count("incoming_records_total", stream(deliveryStream), records);
        count("incoming_bytes_total", stream(deliveryStream), bytes);
    }

    /** Records of it are in Kinesis, and their clients are told so. */
    public void acknowledged(String deliveryStream, long records) {
        count("acknowledged_records_total", stream(deliveryStream), records);
    }

    /** Records of it were turned away, because there was too much to do. */
    public void throttled(String deliveryStream, long records) {
        count("throttled_records_total", stream(deliveryStream), records);
    }

    /** Records of it failed for another reason. */
    public void failed(String deliveryStream, long records) {
        count("failed_records_total", stream(deliveryStream), records);
    }

    /** A connection began to speak a version of HTTP, such as {@code h2}. */
    public void opened(String protocol) {
        count("opened_connections_total", labels("protocol", protocol), 1);
    }

    /** A stream of HTTP/2 was ended for a reason, such as {@code slow}; its connection goes on. */
    public void reset(String reason) {
        count("reset_streams_total", labels("reason", reason), 1);
    }

    /** A connection was closed for a reason, such as {@code slow}. */
    public void closed(String reason) {
        count("closed_connections_total", labels("reason", reason), 1);
    }

    /** Shows a value that somebody else knows. */
    public void gauge(String name, LongSupplier value) {
        gauges.put(name, value);
    }

    /** The same for each delivery stream; counted up only where the name ends in {@code _total}. */
    public void gaugeOfStream(String name, String deliveryStream, LongSupplier value) {
        gauges.put(name + stream(deliveryStream), value);
    }

    /** How often a counter was raised, by how much together; for tests and for health. */
    public long total(String name) {
        long total = 0;
        for (Map.Entry<String, LongAdder> counter : counters.entrySet()) {
            if (base(counter.getKey()).equals(name)) {
                total += counter.getValue().sum();
            }
        }
        return total;
    }

    /** The page that Prometheus reads. */
    public String page() {
        StringBuilder page = new StringBuilder(4096);
        String[] last = {""};
        counters.forEach((series, value) -> append(page, last, series, value.sum()));
        gauges.forEach((series, value) -> append(page, last, series, value.getAsLong()));
        durations.forEach((action, of) -> append(page, action, of));
        return page.toString();
    }

    private static void append(StringBuilder page, String[] last, String series, long value) {
        String base = base(series);
        if (!base.equals(last[0])) {
            page.append("# TYPE hydrant_gateway_")
                    .append(base)
                    .append(base.endsWith("_total") ? " counter\n" : " gauge\n");
            last[0] = base;
        }
        page.append("hydrant_gateway_").append(series).append(' ').append(value).append('\n');
    }

    private static void append(StringBuilder page, String action, Durations of) {
        String name = "hydrant_gateway_request_seconds";
        if (page.indexOf("# TYPE " + name) < 0) {
            page.append("# TYPE ").append(name).append(" histogram\n");
        }
        for (int i = 0; i < SECONDS.length; i++) {
            page.append(name)
                    .append("_bucket")
                    .append(labels("action", action, "le", String.valueOf(SECONDS[i])))
                    .append(' ')
                    .append(of.buckets[i].sum())
                    .append('\n');
        }
        page.append(name)
                .append("_bucket")
                .append(labels("action", action, "le", "+Inf"))
                .append(' ')
                .append(of.count.sum())
                .append('\n');
        String labels = labels("action", action);
        page.append(name).append("_sum").append(labels).append(' ');
        page.append(of.nanos.sum() / 1e9).append('\n');
        page.append(name).append("_count").append(labels).append(' ');
        page.append(of.count.sum()).append('\n');
    }

    private void count(String name, String labels, long amount) {
        if (amount > 0) {
            counters.computeIfAbsent(name + labels, any -> new LongAdder()).add(amount);
        }
    }

    private static String base(String series) {
        int brace = series.indexOf('{');
        return brace < 0 ? series : series.substring(0, brace);
    }

    private static String stream(String deliveryStream) {
        return labels("delivery_stream", deliveryStream);
    }

    private static String labels(String... namesAndValues) {
        StringBuilder labels = new StringBuilder("{");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            labels.append(i == 0 ? "" : ",")
                    .append(namesAndValues[i])
                    .append("=\"")
                    .append(
                            namesAndValues[i + 1]
                                    .replace("\\", "\\\\")
                                    .replace("\"", "\\\"")
                                    .replace("\n", "\\n"))
                    .append('"');
        }
        return labels.append('}').toString();
    }
}
