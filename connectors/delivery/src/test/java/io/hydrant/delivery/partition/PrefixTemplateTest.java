package io.hydrant.delivery.partition;

import io.hydrant.delivery.deadletter.ErrorOutputType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PrefixTemplateTest {

    private static final UUID ID = UUID.fromString("0f3d5cb9-6f2e-4c5e-9d52-1c3f7a7f1a11");
    private static final long ARRIVAL = Instant.parse("2018-08-27T10:30:00Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                   | 2018/08/27/10/",
                "myFirehosePrefix/                    | myFirehosePrefix/2018/08/27/10/",
                "noSlash                              | noSlash2018/08/27/10/",
                "!{timestamp:yyyy/MM/dd}              | 2018/08/27",
                "a/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/ | a/year=2018/month=08/day=27/hour=10/",
                "!{timestamp:DDD}/                    | 239/",
                "!{timestamp:EEEE-MMM}/               | Monday-Aug/",
                "!{timestamp:'dt='yyyy-MM-dd'}'}/     | dt=2018-08-27}/",
                "dt=!{timestamp:yyyy'-'MM'-'dd}/h=!{timestamp:HH}/ | dt=2018-08-27/h=10/",
                "{a}!b}/!{timestamp:HH}/              | {a}!b}/10/",
            })
    void evaluatesDataPrefixesAtTheArrivalOfTheOldestRecord(String prefix, String evaluated) {
        assertThat(PrefixTemplate.forData(prefix, ZoneOffset.UTC).evaluate(ARRIVAL, null, ID))
                .isEqualTo(evaluated);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                | ''          | processing-failed/2018/08/27/10/",
                "''                | my/         | my/processing-failed/2018/08/27/10/",
                "errors/           | ''          | errors/",
                "myFirehoseFailures/!{firehose:error-output-type}/ | '' | myFirehoseFailures/processing-failed/",
                "f/!{firehose:error-output-type}/!{timestamp:yyyy}/anyMonth/!{timestamp:dd} | !{timestamp:yyyy} | f/processing-failed/2018/anyMonth/27",
                "!{firehose:error-output-type}/!{firehose:error-output-type} | '' | processing-failed/processing-failed",
            })
    void evaluatesErrorPrefixes(String errorPrefix, String prefix, String evaluated) {
        PrefixTemplate template = PrefixTemplate.forErrors(errorPrefix, prefix, ZoneOffset.UTC);

        assertThat(template.evaluate(ARRIVAL, ErrorOutputType.PROCESSING_FAILED, ID))
                .isEqualTo(evaluated);
    }

    @Test
    void absentPrefixesAreEmptyOnes() {
        assertThat(PrefixTemplate.forData(null, ZoneOffset.UTC).evaluate(ARRIVAL, null, ID))
                .isEqualTo("2018/08/27/10/");
        assertThat(
                        PrefixTemplate.forErrors(null, null, ZoneOffset.UTC)
                                .evaluate(ARRIVAL, ErrorOutputType.DECOMPRESSION_FAILED, ID))
                .isEqualTo("decompression-failed/2018/08/27/10/");
    }

    @Test
    void evaluatesInTheGivenTimeZone() {
        PrefixTemplate tokyo = PrefixTemplate.forData("", ZoneId.of("Asia/Tokyo"));
        PrefixTemplate kathmandu =
                PrefixTemplate.forData("!{timestamp:HH-mm}", ZoneId.of("Asia/Katmandu"));

        assertThat(tokyo.evaluate(ARRIVAL, null, ID)).isEqualTo("2018/08/27/19/");
        assertThat(kathmandu.evaluate(ARRIVAL, null, ID)).isEqualTo("16-15");
    }

    @Test
    void randomStringsDifferPerOccurrenceAndObjectButNotPerAttempt() {
        PrefixTemplate template =
                PrefixTemplate.forData(
                        "!{firehose:random-string}/!{firehose:random-string}/!{timestamp:HH}",
                        ZoneOffset.UTC);

        String prefix = template.evaluate(ARRIVAL, null, ID);

        assertThat(prefix).matches("[0-9a-f]{8}-[0-9a-f]{2}/[0-9a-f]{8}-[0-9a-f]{2}/10");
        assertThat(prefix.substring(0, 11)).isNotEqualTo(prefix.substring(12, 23));
        assertThat(template.evaluate(ARRIVAL, null, ID)).isEqualTo(prefix);
        assertThat(
                        template.evaluate(
                                ARRIVAL,
                                null,
                                UUID.fromString("0f3d5cb9-6f2e-4c5e-9d52-1c3f7a7f1a12")))
                .isNotEqualTo(prefix);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/!{timestamp:yyyy     | has an expression that does not end: !{timestamp:yyyy",
                "!{timestamp:}          | !{timestamp:}: it needs a date pattern",
                "!{timestamp:yyyyb}     | !{timestamp:yyyyb}: Unknown pattern letter: b",
                "!{timestamp:pH}        | cannot be evaluated",
                "!{timestmp:yyyy}       | 'timestmp' is no namespace of expressions; did you mean 'timestamp'?",
                "!{firehose:random}     | 'random' is no value of the namespace firehose",
                "!{}                    | '' is no namespace",
                "!{firehose:error-output-type} | which only an error prefix may",
                "!{partitionKeyFromQuery:}/ | !{partitionKeyFromQuery:}: it needs the name of a key",
                "!{partitionKeyFromLambda:a!{b}/ | it needs the name of a key",
            })
    void refusesDataPrefixesThatFirehoseRefuses(String prefix, String reason) {
        assertThatThrownBy(() -> PrefixTemplate.forData(prefix, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + prefix + "'")
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAnAbsentErrorPrefixWhereThePrefixHasAnExpression() {
        assertThatThrownBy(
                        () ->
                                PrefixTemplate.forErrors(
                                        null, "!{timestamp:yyyy/MM/dd}", ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("An error prefix is required")
                .hasMessageContaining("errors/!{firehose:error-output-type}/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!{timestamp:yyyy}/", "x!{firehose:random-string}"})
    void refusesAnErrorPrefixWithAnExpressionButNoErrorType(String errorPrefix) {
        assertThatThrownBy(() -> PrefixTemplate.forErrors(errorPrefix, "", ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must hold !{firehose:error-output-type}");
    }

    @Test
    void allows512CharactersAfterEvaluationAndNoMore() {
        String timeLength = "2018/08/27/10/";
        String longest = "x".repeat(512 - timeLength.length());

        assertThat(PrefixTemplate.forData(longest, ZoneOffset.UTC).evaluate(ARRIVAL, null, ID))
                .hasSize(512);
        assertThatThrownBy(() -> PrefixTemplate.forData(longest + "x", ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as many as 513 characters; 512 are allowed");
    }

    @Test
    void countsTheLongestNameOfAMonthAgainstTheLimit() {
        String prefix = "x".repeat(512 - "September".length()) + "!{timestamp:MMMM}";

        assertThat(PrefixTemplate.forData(prefix, ZoneOffset.UTC)).isNotNull();
        assertThatThrownBy(() -> PrefixTemplate.forData("x" + prefix, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("513 characters");
    }

    @Property(tries = 300)
    void evaluationsWithinOneGranuleAreEqual(
            @ForAll @LongRange(min = 1_300_000_000_000L, max = 2_000_000_000_000L) long arrival,
            @ForAll @LongRange(min = 0, max = 899_999) long later) {
        for (String pattern :
                new String[] {"yyyy/MM/dd/HH/", "DDD", "HH:mm", "HH:mm:ss", "ss.SSS", "A", "h a"}) {
            for (String zone : new String[] {"UTC", "Asia/Katmandu", "America/St_Johns"}) {
                PrefixTemplate template =
                        PrefixTemplate.forData("!{timestamp:" + pattern + "}", ZoneId.of(zone));
                long granularity = template.granularityMillis();
                if (arrival / granularity == (arrival + later) / granularity) {
                    assertThat(template.evaluate(arrival + later, null, ID))
                            .isEqualTo(template.evaluate(arrival, null, ID));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "c=!{partitionKeyFromQuery:c}/                  | 7       | c=7/",
                "!{partitionKeyFromQuery:c}!{timestamp:yyyy}    | 7       | 72018",
                "!{partitionKeyFromLambda:l}/!{timestamp:HH}/   | 7       | lambda/10/",
                "a!!{partitionKeyFromQuery:c}{/!{timestamp:dd}  | !       | a!!{/27",
                "a!!{partitionKeyFromQuery:c}/                  | {x}     | a!{x}/",
                "!{partitionKeyFromQuery:c}/                    | !{timestamp:yyyy} | !{timestamp:yyyy}/",
                "!{partitionKeyFromQuery:c}/                    | it's    | it's/",
            })
    void putsKeysIntoThePrefixAndReadsNoneAsAnExpression(
            String prefix, String value, String evaluated) throws Exception {
        PartitionKeys keys = new PartitionKeys(Map.of("c", value), Map.of("l", "lambda"));
        String partition = PrefixTemplate.forData(prefix, ZoneOffset.UTC).partition(keys);

        assertThat(
                        PrefixTemplate.ofPartition(partition, ZoneOffset.UTC)
                                .evaluate(ARRIVAL, null, ID))
                .isEqualTo(evaluated);
    }

    @Property(tries = 300)
    void everyKeyComesOutAsItIs(@ForAll String value) throws Exception {
        PrefixTemplate template =
                PrefixTemplate.forData(
                        "a!!{partitionKeyFromQuery:c}{!{timestamp:HH}", ZoneOffset.UTC);
        if (value.isEmpty() || value.length() > 400) {
            return;
        }

        String partition = template.partition(PartitionKeys.ofQuery(Map.of("c", value)));

        assertThat(
                        PrefixTemplate.ofPartition(partition, ZoneOffset.UTC)
                                .evaluate(ARRIVAL, null, ID))
                .isEqualTo("a!" + value + "{10");
    }

    @Test
    void refusesAKeyThatIsMissingOrEmptyAndAPrefixThatGetsTooLong() throws Exception {
        PrefixTemplate template =
                PrefixTemplate.forData("!{partitionKeyFromQuery:c}/", ZoneOffset.UTC);

        assertThatThrownBy(() -> template.partition(PartitionKeys.NONE))
                .isInstanceOf(PartitionKeyException.class)
                .hasMessage(
                        "partitionKeys values must not be null or empty: partitionKeyFromQuery:c has no value");
        assertThatThrownBy(() -> template.partition(PartitionKeys.ofQuery(Map.of("c", ""))))
                .isInstanceOf(PartitionKeyException.class)
                .hasMessageContaining("partitionKeyFromQuery:c is empty");
        assertThat(template.partition(PartitionKeys.ofQuery(Map.of("c", "x".repeat(511)))))
                .hasSize(512);
        assertThatThrownBy(
                        () ->
                                template.partition(
                                        PartitionKeys.ofQuery(Map.of("c", "x".repeat(512)))))
                .isInstanceOf(PartitionKeyException.class)
                .hasMessageContaining("has 513 characters; 512 are allowed");
    }

    @Test
    void refusesAKeyInAnErrorPrefix() {
        assertThatThrownBy(
                        () ->
                                PrefixTemplate.forErrors(
                                        "!{firehose:error-output-type}/!{partitionKeyFromQuery:c}/",
                                        "",
                                        ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds a partitioning key, which only a data prefix may");
    }
}
