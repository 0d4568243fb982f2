package io.hydrant.jobs.ingest.restream;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class NumberedRecordSerializerTest {

    @Test
    void readsWhatItWrites() throws IOException {
        NumberedRecord record = new NumberedRecord(Records.of("payload"), "producer-1", 77);
        DataOutputSerializer out = new DataOutputSerializer(16);

        NumberedRecordSerializer.INSTANCE.serialize(record, out);
        NumberedRecordSerializer.INSTANCE.serialize(NumberedRecord.uncounted(Records.of("")), out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        assertThat(NumberedRecordSerializer.INSTANCE.deserialize(in)).isEqualTo(record);
        assertThat(NumberedRecordSerializer.INSTANCE.deserialize(in).producer()).isEmpty();
        assertThat(in.available()).isZero();
    }
}
