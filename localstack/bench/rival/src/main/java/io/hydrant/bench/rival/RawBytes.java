package io.hydrant.bench.rival;

import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;

/** Payloads as they are. */
final class RawBytes extends AbstractDeserializationSchema<byte[]> {

    private static final long serialVersionUID = 1L;

    @Override
    public byte[] deserialize(byte[] message) {
        return message;
    }
}
