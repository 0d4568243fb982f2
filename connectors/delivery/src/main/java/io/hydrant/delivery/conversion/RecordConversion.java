package io.hydrant.delivery.conversion;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.json.ConversionException;
import io.hydrant.delivery.conversion.json.JsonRows;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;

import java.time.Clock;
import java.util.Objects;

/**
 * Converts records to rows, one at a time. A record that does not become rows goes to the dead
 * letter as a whole, and nothing waits for that. Not thread-safe.
 */
public final class RecordConversion {

    private static final int KEPT = 1024 * 1024;

    private final JsonRows json;
    private final Clock clock;
    private final GrowingBytes rows = new GrowingBytes(0);

    /** A conversion to the columns of the configuration. */
    public RecordConversion(ConversionConfig config, Clock clock) {
        this.json =
                new JsonRows(Objects.requireNonNull(config.columns(), "columns"), config.serDe());
        this.clock = clock;
    }

    /**
     * Converts a record that is to be delivered; {@link #rows()} then has what it became. Others
     * come back as they are.
     *
     * @return the record, or one for the dead letter in its place
     */
    public DeliveryRecord judge(DeliveryRecord record) {
        if (record.disposition() != Disposition.DELIVER) {
            return record;
        }
        Envelope envelope = record.envelope();
        rows.clear(KEPT);
        try {
            json.append(
                    envelope.payloadArray(),
                    envelope.payloadOffset(),
                    envelope.payloadLength(),
                    rows);
            return record;
        } catch (ConversionException e) {
            return DeliveryRecord.deadLetter(
                            envelope,
                            new Failure(
                                    ErrorOutputType.FORMAT_CONVERSION_FAILED,
                                    e.code(),
                                    e.getMessage(),
                                    1,
                                    clock.millis()))
                    .of(record.part());
        }
    }

    /** The rows of the last record that was converted; valid until the next one. */
    public GrowingBytes rows() {
        return rows;
    }
}
