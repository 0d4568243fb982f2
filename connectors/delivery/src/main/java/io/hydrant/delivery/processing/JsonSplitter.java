package io.hydrant.delivery.processing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;

/**
 * Takes a record apart into the JSON values in it. White space between them goes, and with it every
 * line break inside one, so that each can be a line.
 *
 * <p>A record that is not JSON from end to end cannot be taken apart: it goes on whole, as
 * Firehose's own do, and whatever needs JSON behind this step judges it.
 */
final class JsonSplitter implements Splitter {

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public Slices split(Bytes record) {
        try (JsonParser json =
                JSON.createParser(record.array(), record.offset(), record.length())) {
            Slices slices = new Slices();
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                long begin = json.currentTokenLocation().getByteOffset();
                json.skipChildren();
                json.finishToken();
                long end = json.currentLocation().getByteOffset();
                // There are no such offsets in UTF-16 and UTF-32, which are not for Kinesis' JSON.
                if (begin < 0 || end <= begin) {
                    return null;
                }
                int first = record.offset() + (int) begin;
                slices.add(first, lengthOf(record.array(), first, record.offset() + (int) end));
            }
            return slices;
        } catch (IOException e) {
            return null;
        }
    }

    /** The parser may be one byte behind a number, for only what follows ends it. */
    private static int lengthOf(byte[] bytes, int begin, int end) {
        int last = end;
        while (last > begin && bytes[last - 1] <= ' ' && bytes[last - 1] >= 0) {
            last--;
        }
        return last - begin;
    }

    @Override
    public Bytes subRecord(Bytes record, int offset, int length) {
        byte[] bytes = record.array();
        for (int i = offset; i < offset + length; i++) {
            if (isLineBreak(bytes[i])) {
                return withoutLineBreaks(bytes, offset, length);
            }
        }
        return new Bytes(bytes, offset, length);
    }

    /** There is none inside a JSON string, so all of them are white space. */
    private static Bytes withoutLineBreaks(byte[] bytes, int offset, int length) {
        byte[] kept = new byte[length];
        int size = 0;
        for (int i = offset; i < offset + length; i++) {
            if (!isLineBreak(bytes[i])) {
                kept[size++] = bytes[i];
            }
        }
        return new Bytes(kept, 0, size);
    }

    private static boolean isLineBreak(byte b) {
        return b == '\n' || b == '\r';
    }
}
