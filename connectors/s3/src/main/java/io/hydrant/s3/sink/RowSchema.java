package io.hydrant.s3.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.ConversionConfig;
import io.hydrant.delivery.conversion.RecordConversion;
import io.hydrant.delivery.conversion.schema.HiveType;

import java.time.Clock;

/**
 * The columns that records become rows of, which may change while a writer runs. Belongs to the
 * subtask's thread.
 */
final class RowSchema {

    private final ConversionMetrics metrics;
    private ConversionConfig config;
    private RecordConversion conversion;

    RowSchema(ConversionConfig config, ConversionMetrics metrics) {
        this.metrics = metrics;
        this.config = config;
        this.conversion = new RecordConversion(config, Clock.systemUTC());
    }

    /** The record, whose rows are then there, or one for the dead letter in its place. */
    DeliveryRecord judge(DeliveryRecord given) {
        DeliveryRecord judged = conversion.judge(given);
        metrics.converted(given, judged);
        return judged;
    }

    /** The rows of the last record. */
    GrowingBytes rows() {
        return conversion.rows();
    }

    /** What a new object has for rows. */
    RowLog newRows() {
        return new RowLog(config.columns(), config.file());
    }

    /**
     * Has records become rows of other columns from now on.
     *
     * @return whether they differ from those so far
     */
    boolean use(HiveType.Struct columns) {
        if (columns.text().equals(config.columns().text())) {
            return false;
        }
        config = config.with(columns);
        conversion = new RecordConversion(config, Clock.systemUTC());
        return true;
    }
}
