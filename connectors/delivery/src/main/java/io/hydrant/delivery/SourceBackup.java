package io.hydrant.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;

import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;

/**
 * Takes every record of the stream as it came, for a backup beside what becomes of it. What was
 * lost, and where reading began, is said by the delivery, once for both.
 */
public final class SourceBackup
        implements FlatMapFunction<Envelope, DeliveryRecord>, ResultTypeQueryable<DeliveryRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(Envelope record, Collector<DeliveryRecord> out) {
        if (!LostRange.isMarker(record) && !ReadingBegin.isMarker(record)) {
            out.collect(DeliveryRecord.deliver(record));
        }
    }

    @Override
    public TypeInformation<DeliveryRecord> getProducedType() {
        return DeliveryRecordTypeInformation.INSTANCE;
    }
}
