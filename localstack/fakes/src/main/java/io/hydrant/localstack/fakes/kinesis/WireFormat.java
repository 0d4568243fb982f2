package io.hydrant.localstack.fakes.kinesis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;

import java.io.IOException;

/** The two forms in which the SDKs speak to Kinesis. */
enum WireFormat {
    /** JSON 1.1: blobs in base64, timestamps in seconds. */
    JSON("application/x-amz-json-1.1", new JsonFactory()),
    /** CBOR 1.1: blobs as they are, timestamps tagged and in milliseconds. */
    CBOR("application/x-amz-cbor-1.1", new CBORFactory());

    private static final int EPOCH_TAG = 1;

    private final String contentType;
    private final ObjectMapper mapper;

    WireFormat(String contentType, JsonFactory factory) {
        this.contentType = contentType;
        // The body is the server's to close: it has to see that nothing is left in it.
        this.mapper = new ObjectMapper(factory.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE));
    }

    /** The form that a content type names, or null. */
    static WireFormat of(String contentType) {
        for (WireFormat format : values()) {
            if (format.contentType.equals(contentType)) {
                return format;
            }
        }
        return null;
    }

    String contentType() {
        return contentType;
    }

    ObjectMapper mapper() {
        return mapper;
    }

    /** Milliseconds since the epoch that a number on the wire means. */
    long toMillis(double number) {
        return this == CBOR ? (long) number : Math.round(number * 1000);
    }

    void writeTimestamp(JsonGenerator out, String field, long millis) throws IOException {
        out.writeFieldName(field);
        if (this == CBOR) {
            ((CBORGenerator) out).writeTag(EPOCH_TAG);
            out.writeNumber(millis);
        } else {
            out.writeNumber(millis / 1000d);
        }
    }
}
