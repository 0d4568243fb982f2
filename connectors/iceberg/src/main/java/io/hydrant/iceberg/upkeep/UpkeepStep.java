package io.hydrant.iceberg.upkeep;

import io.hydrant.core.metrics.DeliveryStreamMetrics;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * Keeps the tables in shape whose names come by, in an {@link UpkeepThread}.
 *
 * <p>It has no state. A job that goes on elsewhere looks at a table again with the first commit to
 * it; what an ended job has written and not committed is removed where it can be, and otherwise is
 * a file that no snapshot has.
 */
public final class UpkeepStep extends ProcessFunction<String, Void> {

    private static final long serialVersionUID = 1L;

    private final CatalogLoader catalogs;
    private final UpkeepConfig config;
    private final String markKey;
    private final String deliveryStream;

    private transient UpkeepThread thread;

    /**
     * A step.
     *
     * @param markKey what the summary of a snapshot calls the mark of the delivery
     * @param deliveryStream name of the delivery stream, which metrics carry
     */
    public UpkeepStep(
            CatalogLoader catalogs, UpkeepConfig config, String markKey, String deliveryStream) {
        this.catalogs = catalogs;
        this.config = config;
        this.markKey = markKey;
        this.deliveryStream = deliveryStream;
    }

    @Override
    public void open(OpenContext context) {
        thread =
                UpkeepThread.start(
                        catalogs,
                        config,
                        markKey,
                        DeliveryStreamMetrics.in(
                                getRuntimeContext().getMetricGroup(), deliveryStream));
    }

    @Override
    public void processElement(String table, Context context, Collector<Void> out) {
        thread.committed(table);
    }

    @Override
    public void close() throws Exception {
        if (thread != null) {
            thread.close();
        }
    }
}
