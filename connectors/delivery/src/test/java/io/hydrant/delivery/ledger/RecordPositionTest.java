package io.hydrant.delivery.ledger;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;

import static org.assertj.core.api.Assertions.assertThat;

class RecordPositionTest {

    @Property(tries = 500)
    void ordersSequenceNumbersAsNumbersWhateverTheirLength(
            @ForAll @BigRange(min = "0", max = "100000000000000000000000000") BigInteger left,
            @ForAll @BigRange(min = "0", max = "100000000000000000000000000") BigInteger right) {
        int order =
                new RecordPosition(left.toString(), 0)
                        .compareTo(new RecordPosition(right.toString(), 0));

        assertThat(Integer.signum(order)).isEqualTo(left.compareTo(right));
    }

    @Test
    void comparesTextOfEqualValueAsEqual() {
        assertThat(new RecordPosition("007", 1)).isEqualByComparingTo(new RecordPosition("7", 1));
        assertThat(new RecordPosition("000", 1)).isEqualByComparingTo(new RecordPosition("0", 1));
    }

    @Test
    void ordersTheUserRecordsOfOneAggregateByTheirIndex() {
        assertThat(new RecordPosition("10", 9)).isLessThan(new RecordPosition("10", 10));
        assertThat(new RecordPosition("9", 9)).isLessThan(new RecordPosition("10", 0));
    }
}
