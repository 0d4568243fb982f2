package io.hydrant.kinesis.table;

import org.apache.flink.table.connector.source.ScanTableSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The options that the page of Flink's official connector lists, with the values that it names as
 * defaults where there are any; source and sink of a table take all of a release together. What is
 * refused or means something else is in {@link OptionTranslationTest} and {@link
 * KinesisTableFactoryTest}.
 */
class OfficialOptionsTest {

    private static final String RELEASE_6 =
            """
            aws.region = us-east-1
            aws.endpoint = http://localhost:4566
            aws.trust.all.certificates = false
            aws.credentials.provider = AUTO
            aws.credentials.profile.path = /credentials
            aws.credentials.profile.name = me
            aws.credentials.role.arn = arn:aws:iam::012345678901:role/me
            aws.credentials.role.sessionName = me
            aws.credentials.role.externalId = me
            aws.credentials.role.stsEndpoint = https://sts.us-east-1.amazonaws.com
            aws.credentials.role.provider = AUTO
            aws.credentials.webIdentityToken.file = /token
            source.init.position = AT_TIMESTAMP
            source.init.timestamp = 2026-11-23T00:00:00.000Z
            source.init.timestamp.format = yyyy-MM-dd'T'HH:mm:ss.SSSXXX
            source.shard.discovery.interval = 10 s
            source.reader.type = POLLING
            source.shard.get-records.max-record-count = 10000
            source.efo.consumer.name = me
            source.efo.lifecycle = JOB_MANAGED
            source.efo.subscription.timeout = 60 s
            source.efo.deregister.timeout = 10 s
            source.efo.describe.retry-strategy.attempts.max = 100
            source.efo.describe.retry-strategy.delay.min = 2 s
            source.efo.describe.retry-strategy.delay.max = 60 s
            sink.partitioner = random
            sink.partitioner-field-delimiter = |
            sink.http-client.max-concurrency = 10000
            sink.http-client.read-timeout = 360000
            sink.http-client.protocol.version = HTTP2
            sink.batch.max-size = 500
            sink.requests.max-inflight = 16
            sink.requests.max-buffered = 10000
            sink.flush-buffer.size = 5242880
            sink.flush-buffer.timeout = 5000
            sink.fail-on-error = false
            source.shard-assigner = default
            source.reader.empty-records-fetch-interval = 250 ms
            aws.http.protocol.version = HTTP1_1
            """;

    private static final String RELEASE_4 =
            """
            scan.stream.initpos = AT_TIMESTAMP
            scan.stream.initpos-timestamp = 2026-11-23T00:00:00.000Z
            scan.stream.initpos-timestamp-format = yyyy-MM-dd'T'HH:mm:ss.SSSXXX
            scan.stream.recordpublisher = POLLING
            scan.stream.efo.consumername = me
            scan.stream.efo.registration = LAZY
            scan.stream.efo.http-client.max-concurrency = 10000
            scan.shard-assigner = default
            scan.stream.describe.maxretries = 50
            scan.stream.describe.backoff.base = 2000
            scan.stream.describe.backoff.max = 5000
            scan.stream.describe.backoff.expconst = 1.5
            scan.list.shards.maxretries = 10
            scan.list.shards.backoff.base = 1000
            scan.list.shards.backoff.max = 5000
            scan.list.shards.backoff.expconst = 1.5
            scan.stream.describestreamconsumer.maxretries = 50
            scan.stream.describestreamconsumer.backoff.base = 2000
            scan.stream.describestreamconsumer.backoff.max = 5000
            scan.stream.describestreamconsumer.backoff.expconst = 1.5
            scan.stream.registerstreamconsumer.maxretries = 10
            scan.stream.registerstreamconsumer.timeout = 60
            scan.stream.registerstreamconsumer.backoff.base = 500
            scan.stream.registerstreamconsumer.backoff.max = 2000
            scan.stream.registerstreamconsumer.backoff.expconst = 1.5
            scan.stream.deregisterstreamconsumer.maxretries = 10
            scan.stream.deregisterstreamconsumer.timeout = 60
            scan.stream.deregisterstreamconsumer.backoff.base = 500
            scan.stream.deregisterstreamconsumer.backoff.max = 2000
            scan.stream.deregisterstreamconsumer.backoff.expconst = 1.5
            scan.shard.subscribetoshard.maxretries = 10
            scan.shard.subscribetoshard.backoff.base = 1000
            scan.shard.subscribetoshard.backoff.max = 2000
            scan.shard.subscribetoshard.backoff.expconst = 1.5
            scan.shard.getrecords.maxrecordcount = 10000
            scan.shard.getrecords.maxretries = 3
            scan.shard.getrecords.backoff.base = 300
            scan.shard.getrecords.backoff.max = 1000
            scan.shard.getrecords.backoff.expconst = 1.5
            scan.shard.getrecords.intervalmillis = 200
            scan.shard.getiterator.maxretries = 3
            scan.shard.getiterator.backoff.base = 300
            scan.shard.getiterator.backoff.max = 1000
            scan.shard.getiterator.backoff.expconst = 1.5
            scan.shard.discovery.intervalmillis = 10000
            scan.shard.adaptivereads = false
            scan.shard.idle.interval = -1
            shard.consumer.error.recoverable[0].exception = java.net.UnknownHostException
            scan.watermark.sync.interval = 30000
            scan.watermark.lookahead.millis = 0
            scan.watermark.sync.queue.capacity = 100
            """;

    /** Those of the producer library, which both releases take for others of the sink. */
    private static final String PRODUCER =
            """
            sink.producer.aggregation-enabled = true
            sink.producer.collection-max-count = 10
            sink.producer.collection-max-size = 100
            sink.producer.fail-on-error = true
            sink.producer.record-max-buffered-time = 1000
            sink.producer.kinesis-endpoint = localhost
            sink.producer.verify-certificate = false
            """;

    @ParameterizedTest
    @ValueSource(strings = {RELEASE_6, RELEASE_4, PRODUCER})
    void takesThemTogether(String options) {
        TableFixture table = table(options);

        assertThat(table.source()).isInstanceOf(ScanTableSource.class);
        assertThat(table.sink().stream().arn().stream()).isEqualTo("orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENV_VAR", "SYS_PROP", "PROFILE", "WEB_IDENTITY_TOKEN", "ASSUME_ROLE"})
    void takesEachKindOfCredentials(String kind) {
        TableFixture table = table(RELEASE_6).with("aws.credentials.provider", kind);

        assertThat(table.sink().client().credentials().kind()).hasToString(kind);
    }

    private static TableFixture table(String options) {
        TableFixture table = new TableFixture();
        options.lines()
                .forEach(
                        line -> {
                            int separator = line.indexOf(" = ");
                            table.with(line.substring(0, separator), line.substring(separator + 3));
                        });
        return table;
    }
}
