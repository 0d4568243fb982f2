package io.hydrant.jobs.delivery.staged;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.RouteText;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.deadletter.DeadLetter;
import io.hydrant.delivery.deadletter.DeadLetterFormat;
import io.hydrant.delivery.deadletter.DeadLetterReader;
import io.hydrant.delivery.deadletter.ErrorOutputType;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingTest {

    private static final Envelope RECORD =
            new Envelope("in", "shard-0", "12", 3, "key", 1_700L, new byte[] {0, 1, 2}, 0, 3);

    @Test
    void everythingOfARecordThatWaitsCanBeHadBack() throws Exception {
        Part part = Part.of(2, true);
        String route = RouteText.of(Map.of("destinationTableName", "t", "operation", "delete"));
        DeliveryRecord waiting = Waiting.of(DeliveryRecord.deliver(RECORD, route).of(part));
        GrowingBytes line = new GrowingBytes(64);
        new DeadLetterFormat()
                .encode(
                        waiting.envelope(),
                        waiting.part(),
                        waiting.failure(),
                        waiting.partition(),
                        line);

        DeadLetter back;
        try (DeadLetterReader reader =
                new DeadLetterReader(
                        new ByteArrayInputStream(line.toByteArray()), "s3://lake/o", 0)) {
            back = reader.next();
        }

        assertThat(waiting.failure().type()).isEqualTo(ErrorOutputType.ICEBERG_WAITING);
        assertThat(back.part()).isEqualTo(part);
        assertThat(back.route()).isEqualTo(route);
        assertThat(back.record()).usingRecursiveComparison().isEqualTo(RECORD);
    }

    @Test
    void whatIsNotForTheDestinationStaysAsItIs() {
        DeliveryRecord dropped = DeliveryRecord.drop(RECORD);

        assertThat(Waiting.of(dropped)).isSameAs(dropped);
    }
}
