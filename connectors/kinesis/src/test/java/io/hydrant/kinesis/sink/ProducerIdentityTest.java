package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.ProducerStamp;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProducerIdentityTest {

    private final ProducerIdentity identity = new ProducerIdentity("p");

    @Test
    void numbersFromZeroUnderANameOfItsOwn() {
        ProducerIdentity random = ProducerIdentity.random();

        assertThat(random.peek()).isEqualTo(random.next());
        assertThat(random.next().number()).isEqualTo(1);
        assertThat(random.next().producer())
                .matches("[A-Za-z0-9_-]{22}")
                .isNotEqualTo(ProducerIdentity.random().next().producer());
    }

    @Test
    void givesNoNumberThatIsTooFarFromOneOnItsWay() {
        List<PutEntry> entries = write(ProducerStamp.WINDOW);
        assertThat(identity.isFull()).isTrue();
        assertThatThrownBy(identity::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Record 0 is not delivered yet");

        identity.delivered(entries.subList(1, entries.size()));
        assertThat(identity.isFull()).as("0 still is on its way").isTrue();
        identity.delivered(entries.subList(0, 1));

        assertThat(identity.isFull()).isFalse();
        write(ProducerStamp.WINDOW);
        assertThat(identity.isFull()).isTrue();
    }

    @Test
    void goesOnForEverWhateverTheOrderOfArrival() {
        Random random = new Random(4);
        List<PutEntry> onTheWay = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            onTheWay.addAll(write(10_000));
            Collections.shuffle(onTheWay, random);
            int arrived = onTheWay.size() / 2;
            identity.delivered(List.copyOf(onTheWay.subList(0, arrived)));
            onTheWay.subList(0, arrived).clear();
            identity.delivered(onTheWay);
            onTheWay.clear();
        }

        assertThat(identity.peek().number()).isEqualTo(200_000);
    }

    @Test
    void takesNoNoteOfRecordsOfAnEarlierAttempt() {
        write(1);

        identity.delivered(
                List.of(new PutEntry("k", null, new byte[0], new ProducerStamp("before", 0))));

        write(ProducerStamp.WINDOW - 1);
        assertThat(identity.isFull()).isTrue();
    }

    private List<PutEntry> write(int count) {
        List<PutEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new PutEntry("k", null, new byte[0], identity.next()));
        }
        return entries;
    }
}
