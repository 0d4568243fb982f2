package io.hydrant.launcher.soak;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BalanceTest {

    private final Balance balance = new Balance(4);

    @Test
    void isEvenWhereEachRecordOfTheStreamWasDeliveredOnce() {
        for (long number = 0; number < 4; number++) {
            balance.inStream(number);
            balance.delivered(number);
        }

        assertBalance(0, 0, 0);
    }

    @Test
    void countsWhatWasLost() {
        balance.inStream(1);

        assertBalance(1, 0, 3);
    }

    @Test
    void countsWhatWasDoubled() {
        balance.inStream(1);
        balance.delivered(1);
        balance.delivered(1);
        balance.delivered(1);

        assertBalance(0, 2, 3);
    }

    @Test
    void doesNotLetADoubledRecordMakeUpForALostOne() {
        balance.inStream(0);
        balance.inStream(1);
        balance.delivered(1);
        balance.delivered(1);

        assertBalance(1, 1, 2);
    }

    @Test
    void takesARepeatedPutForTwoRecords() {
        balance.inStream(2);
        balance.inStream(2);
        balance.delivered(2);
        balance.delivered(2);

        assertBalance(0, 0, 3);
    }

    private void assertBalance(long lost, long doubled, long neverPut) {
        assertThat(balance.lost()).as("lost").isEqualTo(lost);
        assertThat(balance.doubled()).as("doubled").isEqualTo(doubled);
        assertThat(balance.neverPut()).as("never put").isEqualTo(neverPut);
    }
}
