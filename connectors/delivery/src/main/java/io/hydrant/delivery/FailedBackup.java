package io.hydrant.delivery;

import io.hydrant.delivery.conversion.ConversionConfig;
import io.hydrant.delivery.conversion.RecordConversion;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;

import java.time.Clock;

/**
 * Takes the payload of every record that failed, for a backup beside the error objects: what a
 * reader finds there are records, not error documents. Records that did not fail go on as dropped,
 * so that the ledger shows of each that it was judged.
 *
 * <p>The payload is that of the error document: as the stream had it, or of the one part that
 * failed where a record was taken apart. Where records are converted the conversion judges them
 * here once more, since it does so in the sink.
 */
public final class FailedBackup extends RichFlatMapFunction<DeliveryRecord, DeliveryRecord>
        implements ResultTypeQueryable<DeliveryRecord> {

    private static final long serialVersionUID = 1L;

    private final ConversionConfig config;
    private transient RecordConversion conversion;

    /**
     * A backup of what fails before the sink or in its conversion.
     *
     * @param config the sink's conversion, null where it has none
     */
    public FailedBackup(ConversionConfig config) {
        this.config = config;
    }

    @Override
    public void open(OpenContext context) {
        conversion = config == null ? null : new RecordConversion(config, Clock.systemUTC());
    }

    @Override
    public void flatMap(DeliveryRecord record, Collector<DeliveryRecord> out) {
        DeliveryRecord kept = of(conversion == null ? record : conversion.judge(record));
        if (kept != null) {
            out.collect(kept);
        }
    }

    /**
     * What a backup of failed records does with a record that was judged: keep it or count it. Null
     * for the marks of what was lost and of where reading began, which the delivery notes once for
     * both.
     */
    public static DeliveryRecord of(DeliveryRecord judged) {
        return switch (judged.disposition()) {
            case DEAD_LETTER -> DeliveryRecord.deliver(judged.envelope()).of(judged.part());
            case DELIVER, DROP -> DeliveryRecord.drop(judged.envelope()).of(judged.part());
            case LOST, BEGUN -> null;
        };
    }

    @Override
    public TypeInformation<DeliveryRecord> getProducedType() {
        return DeliveryRecordTypeInformation.INSTANCE;
    }
}
