package io.hydrant.localstack.fakes.kinesis;

import java.nio.charset.StandardCharsets;

@SuppressWarnings("ArrayRecordComponent") // never compared, only served
record StoredRecord(long ordinal, String partitionKey, long arrivalMillis, byte[] data) {

    /** What the record counts towards the limits of a call. */
    int size() {
        return data.length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
    }
}
