package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.json.JsonScan;

import com.fasterxml.jackson.core.JsonParser;

import java.io.IOException;
import java.math.BigDecimal;

/** Reads instants as the SerDe knows them. */
final class TimestampReader extends SimpleReader {

    private final Timestamps timestamps;
    private final Timestamps.Instant instant = new Timestamps.Instant();

    TimestampReader(Timestamps timestamps) {
        super(HiveType.Simple.TIMESTAMP, true);
        this.timestamps = timestamps;
    }

    @Override
    boolean ofText(String text, GrowingBytes out) {
        return write(timestamps.parseText(text, instant), out);
    }

    @Override
    boolean ofScannedText(JsonScan json, GrowingBytes out) {
        return timestamps.parseUsual(json.array(), json.offset(), json.length(), instant)
                ? write(true, out)
                : super.ofScannedText(json, out);
    }

    @Override
    boolean ofNumber(JsonParser json, GrowingBytes out) throws IOException {
        return write(timestamps.parseNumber(json.getDecimalValue(), instant), out);
    }

    @Override
    boolean ofScannedNumber(JsonScan json, GrowingBytes out) {
        return write(
                timestamps.parseNumber(BigDecimal.valueOf(json.unscaled(), json.scale()), instant),
                out);
    }

    private boolean write(boolean isParsed, GrowingBytes out) {
        if (isParsed) {
            RowBytes.timestamp(instant.second, instant.nanos, out);
        }
        return isParsed;
    }
}
