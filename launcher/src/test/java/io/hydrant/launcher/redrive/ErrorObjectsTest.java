package io.hydrant.launcher.redrive;

import io.hydrant.delivery.deadletter.ErrorOutputType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorObjectsTest {

    @ParameterizedTest
    @CsvSource({
        "OPENSEARCH_FAILED, e/AmazonOpenSearchService-failed/2026/s-1, true",
        "OPENSEARCH_FAILED, AmazonOpenSearchService_failed/2026/11/23/00/s-1, true",
        "OPENSEARCH_FAILED, elasticsearch-failed/2026/11/23/00/s-1, true",
        "OPENSEARCH_FAILED, e/splunk-failed/s-1, false",
        "SPLUNK_FAILED, e/splunk-failed/s-1, true",
        "PROCESSING_FAILED, in/processing-failed-1, false",
    })
    void knowsTheTypeByTheFoldersThatFirehosePutsItIn(
            ErrorOutputType type, String key, boolean expected) {
        assertThat(ErrorObjects.isOf(type, key)).isEqualTo(expected);
    }
}
