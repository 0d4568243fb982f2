package io.hydrant.launcher.prefix;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PrefixCommandTest {

    private static final String AT = "2018-08-27T10:30:00Z";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /**
     * The examples of Firehose's page on custom prefixes. Two of its rows print dates that are not
     * those of the instant it names (July 6, 23 h; the day 10), and its row without an error prefix
     * leaves out the hour that its own rule asks for; here every row is of that instant.
     */
    @ParameterizedTest(name = "page example {0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    1 | - | myFirehoseFailures/!{firehose:error-output-type}/ | 2018/08/27/10/ | myFirehoseFailures/processing-failed/
                    4 | myPrefix/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/ | myErrorPrefix/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/!{firehose:error-output-type} | myPrefix/year=2018/month=08/day=27/hour=10/ | myErrorPrefix/year=2018/month=08/day=27/hour=10/processing-failed
                    4a | myPrefix/!{timestamp:yyyy}/ | myErrorPrefix/!{timestamp:'year='yyyy'/month='MM'/day='dd'/hour='HH}/!{firehose:error-output-type} | myPrefix/2018/ | myErrorPrefix/year=2018/month=08/day=27/hour=10/processing-failed
                    5 | myFirehosePrefix/ | - | myFirehosePrefix/2018/08/27/10/ | myFirehosePrefix/processing-failed/2018/08/27/10/
                    error-output-type | x | myPrefix/result=!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd} | x2018/08/27/10/ | myPrefix/result=processing-failed/2018/08/27
                    """)
    void printsTheExamplesOfTheGuide(
            String row,
            String prefix,
            String errorPrefix,
            String evaluated,
            String evaluatedErrors) {
        assertThat(
                        run(
                                option("--prefix", prefix),
                                option("--error-prefix", errorPrefix),
                                List.of("--error-type", "processing-failed", "--at", AT)))
                .as(row)
                .isZero();
        assertThat(out.toString().lines()).containsExactly(evaluated, evaluatedErrors);
    }

    @Test
    void printsTheExampleOfTheGuideWithARandomString() {
        run(
                List.of(
                        "--prefix",
                        "myFirehose/DeliveredYear=!{timestamp:yyyy}/anyMonth/rand=!{firehose:random-string}",
                        "--error-prefix",
                        "myFirehoseFailures/!{firehose:error-output-type}/!{timestamp:yyyy}/anyMonth/!{timestamp:dd}",
                        "--at",
                        AT));

        assertThat(out.toString().lines().toList().get(0))
                .matches("myFirehose/DeliveredYear=2018/anyMonth/rand=[0-9a-f]{8}-[0-9a-f]{2}");
        assertThat(out.toString().lines().toList().get(1))
                .isEqualTo("myFirehoseFailures/processing-failed/2018/anyMonth/27");
    }

    @Test
    void refusesTheExampleOfTheGuideThatIsInvalid() {
        assertThat(
                        run(
                                List.of(
                                        "--prefix",
                                        "!{timestamp:yyyy/MM/dd}",
                                        "--error-type",
                                        "processing-failed",
                                        "--at",
                                        AT)))
                .isEqualTo(1);
        assertThat(err.toString()).contains("An error prefix is required");
    }

    @Test
    void saysThatAnErrorPrefixWillBeNeededWhereOnlyDataIsAskedAbout() {
        assertThat(run(List.of("--prefix", "!{timestamp:yyyy}/", "--at", AT))).isZero();
        assertThat(out.toString().strip()).isEqualTo("2018/");
        assertThat(err.toString()).contains("needs an error prefix");
    }

    @Test
    void putsPartitioningKeysIntoTheirPlaces() {
        assertThat(
                        run(
                                List.of(
                                        "--prefix",
                                        "customer=!{partitionKeyFromQuery:customer_id}/dev=!{partitionKeyFromLambda:device}/",
                                        "--query-key",
                                        "customer_id=1234567890",
                                        "--lambda-key",
                                        "device=a=b",
                                        "--at",
                                        AT)))
                .isZero();
        assertThat(out.toString().strip()).isEqualTo("customer=1234567890/dev=a=b/");
    }

    @Test
    void refusesAKeyWithoutAValueAndATypeThatIsNone() {
        assertThat(run(List.of("--prefix", "!{partitionKeyFromQuery:id}/", "--at", AT)))
                .isEqualTo(1);
        assertThat(err.toString()).contains("partitionKeyFromQuery:id has no value");

        assertThat(run(List.of("--error-type", "broken", "--at", AT))).isEqualTo(1);
        assertThat(err.toString()).contains("'broken' is no error output type; one of processing-");
    }

    @Test
    void evaluatesInATimeZone() {
        assertThat(run(List.of("--at", AT, "--zone", "Asia/Tokyo"))).isZero();
        assertThat(out.toString().strip()).isEqualTo("2018/08/27/19/");

        assertThat(run(List.of("--at", AT, "--zone", "Asia/Tokio"))).isEqualTo(1);
        assertThat(err.toString()).contains("'Asia/Tokio' is no time zone", "Asia/Tokyo");
    }

    @Test
    void evaluatesManyCasesALineEach(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("cases.jsonl");
        Files.writeString(
                file,
                """
                {"prefix": "in/!{timestamp:yyyy}/", "at": "2018-08-27T10:30:00Z"}

                {"Prefix": "a/", "ErrorOutputPrefix": null, "error_type": "decompression-failed", "at": "2018-08-27T12:30:00+02:00", "zone": "UTC"}
                {"prefix": "!{partitionKeyFromQuery:id}/", "query-key": {"id": 7}, "at": "2018-08-27T10:30:00Z"}
                {"prefix": "!{firehose:error-output-type}/", "at": "2018-08-27T10:30:00Z"}
                {"prefx": "a"}
                nothing
                """);

        assertThat(run(List.of("--cases", file.toString()))).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"prefix\":\"in/2018/\"}",
                        "{\"prefix\":\"a/2018/08/27/10/\",\"error-prefix\":\"a/decompression-failed/2018/08/27/10/\"}",
                        "{\"prefix\":\"7/\"}",
                        "{\"error\":\"'!{firehose:error-output-type}/' holds !{firehose:error-output-type}, which only an error prefix may\"}",
                        "{\"error\":\"'prefx' is not a field of a case; did you mean 'prefix'?; the fields are prefix, error-prefix, error-type, at, zone, query-key, lambda-key\"}",
                        "{\"error\":\"not JSON: Unrecognized token 'nothing': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\"}");
    }

    @Test
    void takesAFileOfCasesAsAnEditorOfWindowsWritesIt(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("cases.jsonl"),
                        "\uFEFF{\"prefix\": \"a/\", \"at\": \"2018-08-27T10:30:00Z\"}\r\n");

        assertThat(run(List.of("--cases", file.toString()))).isZero();
        assertThat(out.toString().strip()).isEqualTo("{\"prefix\":\"a/2018/08/27/10/\"}");
    }

    /** Clocks go forward at 01:00 UTC on March 29 and back at 01:00 UTC on October 25. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    "prefix": "!{timestamp:yyyy/MM/dd/HH/}", "zone": "Europe/Berlin", "at": "2026-03-29T00:59:59.999Z" | "prefix":"2026/03/29/01/"
                    "prefix": "!{timestamp:yyyy/MM/dd/HH/}", "zone": "Europe/Berlin", "at": "2026-03-29T01:00:00Z" | "prefix":"2026/03/29/03/"
                    "prefix": "!{timestamp:HH'h'XXX/}", "zone": "Europe/Berlin", "at": "2026-10-25T00:30:00Z" | "prefix":"02h+02:00/"
                    "prefix": "!{timestamp:HH'h'XXX/}", "zone": "Europe/Berlin", "at": "2026-10-25T01:30:00Z" | "prefix":"02h+01:00/"
                    "prefix": "a/", "zone": "America/New_York", "at": "2026-01-01T00:30:00Z" | "prefix":"a/2025/12/31/19/"
                    "prefix": "!{timestamp:YYYY}/!{timestamp:yyyy}/", "at": "2024-12-30T00:00:00Z" | "prefix":"2025/2024/"
                    "prefix": "a/", "errorprefix": "e/!{firehose:error-output-type}/!{timestamp:yyyy/DDD/}", "at": "2024-12-30T00:00:00Z" | "prefix":"a/2024/12/30/00/","error-prefix":"e/processing-failed/2024/365/"
                    "prefix": "'q'/!{timestamp:yyyy'}'}!x/", "at": "2024-12-30T00:00:00Z" | "prefix":"'q'/2024}!x/"
                    "prefix": "!{partitionKeyFromQuery:k}/", "querykeys": {"k": "!{timestamp:yyyy}"}, "at": "2024-12-30T00:00:00Z" | "prefix":"!{timestamp:yyyy}/"
                    "prefix": "!{partitionKeyFromQuery:k}/", "querykeys": {"k": true}, "at": "2024-12-30T00:00:00Z" | "prefix":"true/"
                    "prefix": "!{partitionKeyFromQuery:k}/", "querykeys": {"k": null}, "at": "2024-12-30T00:00:00Z" | "error":"partitionKeys values must not be null or empty: partitionKeyFromQuery:k has no value"
                    "prefix": "!{partitionKeyFromQuery:k}/", "querykeys": {"k": ["x"]}, "at": "2024-12-30T00:00:00Z" | "error":"the value of 'k' in 'querykeys' is [\\"x\\"]; a key is a text, a number, true or false"
                    "prefix": ["a"], "at": "2024-12-30T00:00:00Z" | "error":"'prefix' is [\\"a\\"]; it must be a text"
                    "prefix": "a/", "at": 1735516800 | "error":"'at' is 1735516800; it must be a text"
                    "prefix": "a/", "prefix": "b/", "at": "2024-12-30T00:00:00Z" | "error":"not JSON: Duplicate field 'prefix'"
                    """)
    void evaluatesACase(String question, String answer, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("case.jsonl"), "{" + question + "}");

        run(List.of("--cases", file.toString()));
        assertThat(out.toString().strip()).isEqualTo("{" + answer + "}");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(run(List.of("--prefix", "a/"))).isEqualTo(2);
        assertThat(err.toString()).contains("--at is missing");
        assertThat(run(List.of("--cases", "/no/such/file"))).isEqualTo(2);
        assertThat(err.toString()).contains("There is no file /no/such/file");
    }

    private static List<String> option(String name, String value) {
        return value == null ? List.of() : List.of(name, value);
    }

    @SafeVarargs
    private int run(List<String>... arguments) {
        List<String> all = new ArrayList<>();
        for (List<String> some : arguments) {
            all.addAll(some);
        }
        return new CommandLine(new PrefixCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(new String[0]));
    }
}
