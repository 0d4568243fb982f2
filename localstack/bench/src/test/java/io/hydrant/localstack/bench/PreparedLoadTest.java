package io.hydrant.localstack.bench;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.aggregation.KplDeaggregator;
import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.localstack.bench.stream.Load;
import io.hydrant.localstack.fakes.kinesis.PreparedRecord;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PreparedLoadTest {

    @Test
    void plainRecordsHaveTheirSizeAndTheirIdAsKey() {
        List<PreparedRecord> records = PreparedLoad.records(Load.PLAIN_1K, 4);

        assertThat(records).hasSize(10_000);
        PreparedRecord last = records.get(9_999);
        assertThat(last.partitionKey()).isEqualTo("0000009999");
        assertThat(last.data()).hasSize(1000);
        assertThat(new String(last.data(), StandardCharsets.UTF_8))
                .startsWith("{\"id\":\"0000009999\",\"text\":\"")
                .endsWith("\"}");
    }

    @Test
    void everyUserRecordOfAnAggregateBelongsToTheShardOfTheAggregate() {
        List<PreparedRecord> records = PreparedLoad.records(Load.AGGREGATED, 2);

        HashKey middle = new HashKey(Long.MIN_VALUE, 0);
        HashKeyRange lower = new HashKeyRange(HashKey.MIN, new HashKey(Long.MAX_VALUE, -1));
        HashKeyRange upper = new HashKeyRange(middle, HashKey.MAX);
        assertThat(records).hasSize(100);
        KplDeaggregator deaggregator = new KplDeaggregator(OutOfRange.DROP);
        List<Envelope> userRecords = new ArrayList<>();
        int inUpper = 0;
        for (PreparedRecord one : records) {
            boolean isUpper = HashKey.parse(one.explicitHashKey()).compareTo(middle) >= 0;
            inUpper += isUpper ? 1 : 0;
            deaggregator.deaggregate(
                    new Envelope("s", "0", "1", 0, "a", 0, one.data(), 0, one.data().length),
                    isUpper ? upper : lower,
                    userRecords::add);
        }
        assertThat(inUpper).isEqualTo(50);
        assertThat(deaggregator.droppedRecords()).isZero();
        assertThat(userRecords)
                .hasSize(10_000)
                .allMatch(userRecord -> userRecord.payloadLength() == 300);
    }
}
