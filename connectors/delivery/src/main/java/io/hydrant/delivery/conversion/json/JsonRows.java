package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.json.JsonScan;
import io.hydrant.delivery.json.ScanChance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Turns records of JSON into rows of a table, as bytes that {@link
 * io.hydrant.delivery.conversion.row.RowInput} reads. The JSON is read from front to back, and no
 * tree is built. Not thread-safe.
 *
 * <p>Plain records are read from their bytes, which takes a fraction of what a parser takes. The
 * others, and those that are wrong, are read again by a parser: it alone says what is wrong.
 *
 * <p>A record is one JSON object, or several end to end with or without white space between them,
 * each of which is a row. An array of objects is none. Source: Firehose developer guide, "Convert
 * input data format".
 */
public final class JsonRows {

    private static final JsonFactory JSON = new JsonFactory();

    private final ValueReader row;
    private final JsonScan scan = new JsonScan();
    private final ScanChance chance = new ScanChance();

    /** For the columns of a table. */
    public JsonRows(HiveType.Struct columns, JsonSerDe serDe) {
        this.row = new ValueReaders(serDe).of(columns);
    }

    /**
     * Appends the rows of a record.
     *
     * @return how many there are, at least one
     * @throws ConversionException if the record does not become rows as a whole; {@code out} then
     *     holds a part of them behind what it held before
     */
    public int append(byte[] payload, int offset, int length, GrowingBytes out)
            throws ConversionException {
        if (!chance.isToBeTaken()) {
            return parse(payload, offset, length, out);
        }
        int before = out.length();
        int rows = scan(payload, offset, length, out);
        chance.came(rows > 0);
        if (rows > 0) {
            return rows;
        }
        out.truncate(before);
        return parse(payload, offset, length, out);
    }

    /** The rows of a plain record; 0 where it takes a parser, and {@code out} may have a part. */
    int scan(byte[] payload, int offset, int length, GrowingBytes out) {
        scan.over(payload, offset, length);
        int rows = 0;
        while (!scan.isAtEnd()) {
            if (!row.scan(scan, out)) {
                rows = 0;
                break;
            }
            rows++;
        }
        scan.leave();
        return rows;
    }

    /** The rows of any record, as {@link #append} says. */
    int parse(byte[] payload, int offset, int length, GrowingBytes out) throws ConversionException {
        int rows = 0;
        try (JsonParser json = JSON.createParser(payload, offset, length)) {
            while (json.nextToken() != null) {
                row.read(json, out);
                rows++;
            }
        } catch (JsonProcessingException e) {
            throw ConversionException.notJson(e);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
        if (rows == 0) {
            throw ConversionException.empty();
        }
        return rows;
    }
}
