package io.hydrant.localstack.bench.cases;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.transform.RecordTransform;
import io.hydrant.delivery.transform.TransformOutput;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A transform as cheap as one can be that changes every record: it adds a field at the end. */
public final class LineTransform implements RecordTransform {

    private static final byte[] ADDED = ",\"transformed\":true}".getBytes(StandardCharsets.UTF_8);

    @Override
    public void transform(Envelope record, TransformOutput output) {
        int kept = record.payloadLength() - 1;
        byte[] line =
                Arrays.copyOfRange(
                        record.payloadArray(),
                        record.payloadOffset(),
                        record.payloadOffset() + kept + ADDED.length);
        System.arraycopy(ADDED, 0, line, kept, ADDED.length);
        output.ok(line);
    }
}
