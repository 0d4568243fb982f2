package io.hydrant.localstack.bench.cases;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.source.InitialPosition;
import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.KinesisSourceOptions;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.configuration.Configuration;

import java.time.Duration;

/** Our source over the stream of a case, from its oldest record. */
final class KinesisFlights {

    private KinesisFlights() {}

    static KinesisSource source(CaseSettings settings) {
        Configuration options = new Configuration();
        options.set(KinesisSourceOptions.INIT_POSITION, InitialPosition.TRIM_HORIZON);
        // The fake has no limit of five calls a second, so the source need not keep to one.
        options.set(KinesisSourceOptions.GET_RECORDS_INTERVAL, Duration.ofMillis(1));
        return KinesisSource.of(
                StreamArn.parse(settings.streamArn()),
                AwsClientConfig.forEndpoint(settings.kinesis(), "us-east-1", "anyone", "anything"),
                KinesisSourceConfig.from(options));
    }
}
