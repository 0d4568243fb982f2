package io.hydrant.kinesis.source;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableStreamSourceTest {

    private static final StreamArn TABLE =
            StreamArn.parseOfTable(
                    "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-11-21T10:00:00.000");

    @Test
    void refusesEnhancedFanOut() {
        Configuration options =
                Configuration.fromMap(
                        Map.of("source.reader.type", "EFO", "source.efo.consumer.name", "app"));

        assertThatThrownBy(
                        () ->
                                KinesisSource.of(
                                        TABLE,
                                        AwsClientConfig.from(options),
                                        KinesisSourceConfig.from(options)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source.reader.type is EFO, but " + TABLE)
                .hasMessageContaining("set POLLING");
    }
}
