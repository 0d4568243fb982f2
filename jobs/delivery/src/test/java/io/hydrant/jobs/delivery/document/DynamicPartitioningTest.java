package io.hydrant.jobs.delivery.document;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules that hold between prefix, query and switch of dynamic partitioning. */
class DynamicPartitioningTest {

    private static final String S3 = "ExtendedS3DestinationConfiguration";

    private final Problems problems = new Problems();

    @Test
    void readsTheConfigurationOfTheGuide() {
        S3Destination destination =
                read(
                        "customer_id=!{partitionKeyFromQuery:customer_id}/year=!{partitionKeyFromQuery:year}/",
                        "errors/!{firehose:error-output-type}/",
                        "{customer_id:.customer_id,year:.event_timestamp|strftime(\\\"%Y\\\")}",
                        60,
                        true);

        assertThat(problems.all()).isEmpty();
        assertThat(destination.dynamicPartitioning()).isTrue();
        assertThat(destination.processors())
                .isEqualTo(
                        new Processors(
                                false,
                                null,
                                null,
                                "JSON",
                                null,
                                "{customer_id:.customer_id,year:.event_timestamp|strftime(\"%Y\")}",
                                null));
    }

    @ParameterizedTest(name = "{0}, errors {1}, query {2}, {3} s, enabled {4}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a=!{partitionKeyFromQuery:a}/ | `` | {a:.a} | 60 | true | ErrorOutputPrefix: An error prefix is required",
                "plain/ | e/!{firehose:error-output-type}/ | {a:.a} | 60 | true | Prefix: \"plain/\" holds no partitioning key, and dynamic partitioning is enabled",
                "a=!{partitionKeyFromQuery:a}/ | e/!{firehose:error-output-type}/ | {a:.a} | 60 | false | Prefix: \"a=!{partitionKeyFromQuery:a}/\" holds a partitioning key, and DynamicPartitioningConfiguration is not enabled",
                "a=!{partitionKeyFromQuery:b}/ | e/!{firehose:error-output-type}/ | {a:.a} | 60 | true | Prefix: \"a=!{partitionKeyFromQuery:b}/\" holds keys that no MetadataExtractionQuery makes: b",
                "a=!{partitionKeyFromQuery:a}/ | e/!{firehose:error-output-type}/!{partitionKeyFromQuery:a}/ | {a:.a} | 60 | true | ErrorOutputPrefix: 'e/!{firehose:error-output-type}/!{partitionKeyFromQuery:a}/' holds a partitioning key, which only a data prefix may",
                "a=!{partitionKeyFromQuery:a}/ | e/!{firehose:error-output-type}/ | {a:.a} | 0 | true | BufferingHints.IntervalInSeconds: 0 is not allowed with dynamic partitioning; 1 to 900",
                "a=!{partitionKeyFromQuery:a}/ | e/!{firehose:error-output-type}/ | {a:.a§§} | 60 | true | Processors[0].Parameters[0].ParameterValue: '{a:.a§§}' is no query of jq 1.6",
            })
    void refuses(
            String prefix,
            String errorPrefix,
            String query,
            int seconds,
            boolean enabled,
            String problem) {
        read(prefix, errorPrefix, query, seconds, enabled);

        assertThat(problems.all()).anyMatch(each -> each.contains(problem));
    }

    @Test
    void saysWhatIsWrongWithEachPrefixAtOnce() {
        read("a/!{timestamp:yyyy", "e/!{timestamp:yyyy}/", "{a:.a}", 60, true);

        assertThat(problems.all())
                .containsExactly(
                        S3
                                + ".Prefix: 'a/!{timestamp:yyyy' has an expression that does not end: !{timestamp:yyyy",
                        S3
                                + ".ErrorOutputPrefix: 'e/!{timestamp:yyyy}/' holds an expression, so it must hold !{firehose:error-output-type}");
    }

    @Test
    void saysWhatIsWrongWithTheKeysBesideWhatIsWrongWithTheErrorPrefix() {
        read("!{partitionKeyFromQuery:b}/", "e/!{timestamp:yyyy}/", "{a:.a}", 60, true);

        assertThat(problems.all())
                .hasSize(2)
                .anySatisfy(each -> assertThat(each).startsWith(S3 + ".ErrorOutputPrefix: "))
                .anySatisfy(each -> assertThat(each).endsWith("MetadataExtractionQuery makes: b"));
    }

    @Test
    void noticesAQueryThatHasNoEffect() {
        read("plain/", "e/", "{a:.a}", 60, false);

        assertThat(problems.all()).isEmpty();
        assertThat(problems.notices())
                .anyMatch(notice -> notice.contains("MetadataExtraction has no effect"));
    }

    private S3Destination read(
            String prefix, String errorPrefix, String query, int seconds, boolean enabled) {
        JsonDocument document = Documents.create();
        Documents.with(document, S3 + ".Prefix", '"' + prefix + '"');
        Documents.with(document, S3 + ".ErrorOutputPrefix", '"' + errorPrefix + '"');
        Documents.with(
                document,
                S3 + ".BufferingHints",
                "{\"SizeInMBs\": 64, \"IntervalInSeconds\": " + seconds + "}");
        Documents.with(
                document,
                S3 + ".DynamicPartitioningConfiguration",
                "{\"Enabled\": " + enabled + "}");
        Documents.with(
                document,
                S3 + ".ProcessingConfiguration",
                """
                {"Enabled": true, "Processors": [
                  {"Type": "MetadataExtraction", "Parameters": [
                    {"ParameterName": "MetadataExtractionQuery", "ParameterValue": "%s"},
                    {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}]},
                  {"Type": "RecordDeAggregation", "Parameters": [
                    {"ParameterName": "SubRecordType", "ParameterValue": "JSON"}]}]}
                """
                        .formatted(query));
        FirehoseDelivery delivery = FirehoseDocument.read(document, problems);
        return delivery.destination();
    }
}
