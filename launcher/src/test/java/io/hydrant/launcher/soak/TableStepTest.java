package io.hydrant.launcher.soak;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

class TableStepTest {

    @ParameterizedTest
    @CsvSource({
        "PUT, flights-failed/iceberg-waiting/2026/11/23/flights-1, WAIT",
        "PUT, _hydrant/ledger-waiting/flights/0/0001-a.json, NOTE",
        "PUT, warehouse/demo/soak/data/00000-1-a.parquet, DATA",
        "PUT, warehouse/demo/soak/metadata/hydrant-staged-a.avro, LIST",
        "PUT, _hydrant/ledger-redrive/flights/a.commit, DECIDE",
        "PUT, warehouse/demo/soak/metadata/a-m0.avro, MANIFEST",
        "PUT, warehouse/demo/soak/metadata/snap-1-1-a.avro, SNAPSHOT",
        "DELETE, warehouse/demo/soak/metadata/hydrant-staged-a.avro, CLEAN_UP",
        "PUT, _hydrant/ledger/flights/2026/11/23/04/a.json, LEDGER",
        "PUT, _hydrant/ledger-redrive/flights/a.done, DONE",
        "DELETE, _hydrant/ledger-waiting/flights/0/0001-a.json, FORGET",
        "POST, '', EXPIRE",
    })
    void aRequestIsOneStep(String method, String key, TableStep step) {
        assertThat(Arrays.stream(TableStep.values()).filter(each -> each.is(method, "/b/" + key)))
                .containsExactly(step);
    }

    @Test
    void whatDoesNotWaitHasFewerSteps() {
        assertThat(TableStep.of(new TableMode(false, true, false)))
                .containsExactly(
                        TableStep.DATA,
                        TableStep.LIST,
                        TableStep.MANIFEST,
                        TableStep.SNAPSHOT,
                        TableStep.CLEAN_UP,
                        TableStep.LEDGER);
        assertThat(TableStep.of(new TableMode(true, false, true)))
                .containsExactly(TableStep.values());
        assertThat(TableStep.of(new TableMode(true, true, false)))
                .doesNotContain(TableStep.EXPIRE)
                .contains(TableStep.WAIT);
    }
}
