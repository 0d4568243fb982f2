package io.hydrant.kinesis.sink;

import io.hydrant.core.outcome.Outcome;
import io.hydrant.kinesis.stream.StreamFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PutClassifierTest {

    @ParameterizedTest
    @CsvSource({
        "ProvisionedThroughputExceededException, RETRY, true",
        "KMSThrottlingException, RETRY, true",
        "InternalFailure, RETRY, false",
        "SomethingNobodyDocumented, RETRY, false",
        "KMSAccessDeniedException, FATAL, false",
        "KMSDisabledException, FATAL, false",
        "KMSInvalidStateException, FATAL, false",
        "KMSNotFoundException, FATAL, false",
        "KMSOptInRequired, FATAL, false",
        "AccessDeniedException, FATAL, false",
        "ResourceNotFoundException, FATAL, false",
        "InvalidArgumentException, FATAL, false",
        "ValidationException, FATAL, false"
    })
    void judgesTheAnswerToOneRecord(String code, Outcome outcome, boolean throttling) {
        assertThat(PutClassifier.ofRecord(code)).isEqualTo(outcome);
        assertThat(PutClassifier.isThrottling(code)).isEqualTo(throttling);
    }

    @Test
    void takesARecordWithoutErrorCodeAsDelivered() {
        assertThat(PutClassifier.ofRecord(null)).isEqualTo(Outcome.DELIVERED);
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, RETRY",
        "TRANSIENT, RETRY",
        "INTERRUPTED, FATAL",
        "FATAL, FATAL",
        "ITERATOR_EXPIRED, FATAL"
    })
    void judgesACallThatFailedAsAWhole(StreamFailure failure, Outcome outcome) {
        assertThat(PutClassifier.ofCall(failure)).isEqualTo(outcome);
    }
}
