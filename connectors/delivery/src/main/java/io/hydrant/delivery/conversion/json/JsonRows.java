package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.schema.HiveType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Turns records of JSON into rows of a table, as bytes that {@link
 * io.hydrant.delivery.conversion.row.RowInput} reads. The JSON is read once, from front to back,
 * and no tree is built. Not thread-safe.
 *
 * <p>A record is one JSON object, or several end to end with or without white space between them,
 * each of which is a row. An array of objects is none. Source: Firehose developer guide, "Convert
 * input data format".
 */
public final class JsonRows {

    private static final JsonFactory JSON = new JsonFactory();

    private final ValueReader row;

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
