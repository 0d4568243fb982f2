package io.hydrant.kinesis.table;

import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OptionTranslationTest {

    private final OptionTranslation translation = new OptionTranslation();

    @ParameterizedTest
    @CsvSource({
        "scan.stream.initpos, TRIM_HORIZON, source.init.position, TRIM_HORIZON",
        "scan.stream.initpos-timestamp, 1459799926.480, source.init.timestamp, 1459799926.480",
        "scan.stream.initpos-timestamp-format, yyyy, source.init.timestamp.format, yyyy",
        "scan.stream.recordpublisher, EFO, source.reader.type, EFO",
        "scan.stream.efo.consumername, me, source.efo.consumer.name, me",
        "scan.stream.efo.registration, LAZY, source.efo.lifecycle, JOB_MANAGED",
        "scan.stream.efo.registration, EAGER, source.efo.lifecycle, JOB_MANAGED",
        "scan.stream.efo.registration, NONE, source.efo.lifecycle, SELF_MANAGED",
        "scan.shard.getrecords.maxrecordcount, 7, source.shard.get-records.max-record-count, 7",
        "scan.shard.getrecords.intervalmillis, 300, source.shard.get-records.interval, 300",
        "scan.shard.discovery.intervalmillis, 9000, source.shard.discovery.interval, 9000",
        "sink.http-client.max-concurrency, 8, aws.http-client.max-concurrency, 8",
        "sink.http-client.read-timeout, 360000, aws.http-client.read-timeout, 360000",
        "sink.producer.record-max-buffered-time, 100, sink.flush-buffer.timeout, 100",
        "sink.producer.collection-max-size, 400, sink.batch.max-size, 400",
        "sink.producer.collection-max-count, 16, sink.requests.max-inflight, 16",
        "sink.producer.fail-on-error, true, sink.fail-on-error, true",
        "sink.producer.verify-certificate, false, aws.trust.all.certificates, true",
        "sink.producer.kinesis-endpoint, example.com, aws.endpoint, https://example.com",
        "aws.credentials.role.provider.basic.accesskeyid, a, aws.credentials.basic.accesskeyid, a",
        "aws.credentials.role.provider.basic.secretkey, s, aws.credentials.basic.secretkey, s",
        "source.init.position, LATEST, source.init.position, LATEST",
        "csv.ignore-parse-errors, true, csv.ignore-parse-errors, true",
        "scan.shard.getrecords.maxretriez, 3, scan.shard.getrecords.maxretriez, 3"
    })
    void bringsAnOptionToItsNameHere(String given, String value, String name, String translated) {
        assertThat(translation.translate(Map.of(given, value)))
                .containsExactly(Map.entry(name, translated));
    }

    @Test
    void joinsHostAndPortOfTheEndpoint() {
        assertThat(
                        translation.translate(
                                Map.of(
                                        "sink.producer.kinesis-endpoint", "localhost",
                                        "sink.producer.kinesis-port", "4567")))
                .containsExactly(Map.entry("aws.endpoint", "https://localhost:4567"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scan.list.shards.maxretries",
                "scan.list.shards.backoff.base",
                "scan.stream.describe.backoff.expconst",
                "scan.stream.describestreamconsumer.maxretries",
                "scan.stream.registerstreamconsumer.timeout",
                "scan.stream.deregisterstreamconsumer.backoff.max",
                "scan.shard.subscribetoshard.maxretries",
                "scan.shard.getrecords.backoff.base",
                "scan.shard.getiterator.maxretries",
                "scan.shard.adaptivereads",
                "scan.stream.efo.http-client.max-concurrency",
                "scan.watermark.sync.interval",
                "scan.watermark.sync.queue.capacity",
                "shard.consumer.error.recoverable[0].exception",
                "sink.http-client.protocol.version",
                "sink.producer.aggregation-enabled"
            })
    void leavesOutWhatOnlyTunesWhatItDoesOnItsOwn(String key) {
        assertThat(translation.translate(Map.of(key, "1"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "source.shard-assigner, default",
        "scan.shard-assigner, uniform",
        "scan.watermark.lookahead.millis, 0",
        "aws.credentials.role.provider, AUTO",
        "aws.credentials.role.provider, BASIC"
    })
    void takesValuesThatSayWhatIsSoAnyway(String key, String value) {
        assertThat(translation.translate(Map.of(key, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "source.shard-assigner, mine, 'shards are always spread evenly; leave the option out'",
        "scan.shard-assigner, mine, 'shards are always spread evenly; leave the option out'",
        "scan.watermark.lookahead.millis, 5, scan.watermark.alignment.max-drift",
        "scan.stream.efo.registration, SOMETIMES, 'it must be LAZY, EAGER or NONE'",
        "scan.stream.efo.consumerarn.orders, arn:x, source.efo.consumer.name",
        "aws.credentials.role.provider, ASSUME_ROLE, access key (BASIC)",
        "aws.credentials.custom.class, org.Mine, aws.credentials.provider"
    })
    void refusesWhatItCannotHonour(String key, String value, String wayOut) {
        assertThatThrownBy(() -> translation.translate(Map.of(key, value)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("'" + key + "' = '" + value + "'")
                .hasMessageContaining(wayOut);
    }

    @Test
    void refusesTwoNamesOfOneOption() {
        assertThatThrownBy(
                        () ->
                                translation.translate(
                                        Map.of(
                                                "scan.stream.initpos", "LATEST",
                                                "source.init.position", "TRIM_HORIZON")))
                .isInstanceOf(ValidationException.class)
                .hasMessage(
                        "The options 'scan.stream.initpos' and 'source.init.position' say the same"
                                + " thing; leave one of them out.");
    }
}
