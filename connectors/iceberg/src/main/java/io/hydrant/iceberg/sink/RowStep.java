package io.hydrant.iceberg.sink;

import io.hydrant.core.metrics.DeliveryStreamMetrics;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.delivery.Disposition;
import io.hydrant.iceberg.IcebergConfig;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;

import java.io.Closeable;

/** Makes rows of records; those that cannot become one leave by the side, with the reason. */
final class RowStep extends ProcessFunction<DeliveryRecord, TableRow> {

    static final OutputTag<DeliveryRecord> JUDGED =
            new OutputTag<>("judged", DeliveryRecordTypeInformation.INSTANCE);

    private static final long serialVersionUID = 1L;

    private final IcebergConfig config;
    private final String deliveryStream;
    private final CatalogLoader catalogs;
    private transient Catalog catalog;
    private transient RowJudge judge;
    private transient Counter incoming;
    private transient Counter failed;

    RowStep(IcebergConfig config, String deliveryStream, CatalogLoader catalogs) {
        this.catalogs = catalogs;
        this.config = config;
        this.deliveryStream = deliveryStream;
    }

    @Override
    public void open(OpenContext context) {
        catalog = catalogs.loadCatalog();
        KnownTables tables = new KnownTables(catalog, config, System::nanoTime);
        judge = new RowJudge(config, tables, System::nanoTime);
        MetricGroup metrics =
                DeliveryStreamMetrics.in(getRuntimeContext().getMetricGroup(), deliveryStream);
        incoming = metrics.counter("DeliveryToIceberg.IncomingRowCount");
        failed = metrics.counter("DeliveryToIceberg.FailedRowCount");
    }

    @Override
    public void processElement(DeliveryRecord record, Context context, Collector<TableRow> out) {
        if (record.disposition() != Disposition.DELIVER) {
            context.output(JUDGED, record);
            return;
        }
        incoming.inc();
        try {
            out.collect(judge.judge(record));
            context.output(JUDGED, record);
        } catch (Refusal e) {
            failed.inc();
            context.output(JUDGED, e.deadLetter(record));
        }
    }

    @Override
    public void close() throws Exception {
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
