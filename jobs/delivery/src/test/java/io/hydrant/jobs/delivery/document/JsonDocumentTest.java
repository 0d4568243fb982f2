package io.hydrant.jobs.delivery.document;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonDocumentTest {

    private static final String HINTS = "ExtendedS3DestinationConfiguration.BufferingHints";

    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"A": 1                    | is not JSON at line 1, column 8
                    {"A": 1, "A": 2}           | is not JSON at line 1, column 13: Duplicate field 'A'
                    {"A": 1} {"B": 2}          | is not JSON at line 1
                    {"A": 1,}                  | is not JSON at line 1, column 9
                    {A: 1}                     | is not JSON at line 1, column 2
                    []                         | is not a JSON object; it must begin with {
                    ``                         | is not a JSON object; it must begin with {
                    """)
    void saysWhereAndWhyATextIsNoDocument(String text, String problem) {
        assertThatThrownBy(() -> JsonDocument.parse("s.json", text))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageStartingWith("s.json: 1 problem\n  " + problem);
    }

    @Test
    void passesOverTheMarkThatWindowsWritesInFrontOfATextAndNoOther() {
        JsonDocument document = JsonDocument.parse("s.json", "\uFEFF{\"A\": 1}");

        assertThat(document.root().path("A").intValue()).isOne();
        assertThatThrownBy(() -> JsonDocument.parse("s.json", "\uFEFF\uFEFF{}"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("is not JSON at line 1, column 1");
    }

    @Test
    void readsAGivenTextAsWhatBelongsAtItsPlace() {
        JsonDocument document = Documents.create();
        set(document, HINTS + ".SizeInMBs", "64");
        set(document, HINTS + ".IntervalInSeconds", "60");
        set(document, "ExtendedS3DestinationConfiguration.Prefix", "2024");
        set(document, "ExtendedS3DestinationConfiguration.CompressionFormat", "GZIP");
        set(
                document,
                "ExtendedS3DestinationConfiguration.ProcessingConfiguration",
                "{\"Enabled\": true, \"Processors\": []}");
        set(
                document,
                "ExtendedS3DestinationConfiguration.ProcessingConfiguration.Enabled",
                "false");

        S3Destination destination = FirehoseDocument.read(document, problems).destination();

        assertThat(destination.bufferMegabytes()).isEqualTo(64);
        assertThat(destination.bufferSeconds()).isEqualTo(60);
        assertThat(destination.prefix()).isEqualTo("2024");
        assertThat(destination.compression()).isEqualTo("GZIP");
        assertThat(destination.processors().appendDelimiter()).isFalse();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAGivenText() {
        JsonDocument document = Documents.create();
        set(document, HINTS + ".SizeInMBs", "many");
        set(document, HINTS + ".IntervalInSeconds", "1000");
        set(document, "ExtendedS3DestinationConfiguration.CompressionFormat", "zip");

        FirehoseDocument.read(document, problems);

        assertThat(problems.all())
                .containsExactly(
                        HINTS + ".SizeInMBs: \"many\" is not a whole number; 1 to 128",
                        HINTS + ".IntervalInSeconds: 1000 is not allowed; 0 to 900",
                        "ExtendedS3DestinationConfiguration.CompressionFormat: \"zip\" is not allowed; UNCOMPRESSED or GZIP or ZIP or Snappy or HADOOP_SNAPPY");
    }

    @Test
    void fillsAnEmptyDocument() {
        JsonDocument document = JsonDocument.empty();
        set(document, "DeliveryStreamName", "clicks");
        set(
                document,
                "KinesisStreamSourceConfiguration.KinesisStreamARN",
                "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks");
        set(document, "ExtendedS3DestinationConfiguration.BucketARN", "arn:aws:s3:::lake");
        set(
                document,
                "ExtendedS3DestinationConfiguration.ProcessingConfiguration.Processors[0].Type",
                "AppendDelimiterToRecord");
        set(document, "ExtendedS3DestinationConfiguration.ProcessingConfiguration.Enabled", "true");

        FirehoseDelivery delivery = FirehoseDocument.read(document, problems);

        assertThat(problems.all()).isEmpty();
        assertThat(delivery.destination().bucket()).isEqualTo("lake");
        assertThat(delivery.destination().processors().appendDelimiter()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "DeliveryStreamName, DeliveryStreamDescription.DeliveryStreamName",
        "KinesisStreamSourceConfiguration.KinesisStreamARN,"
                + " DeliveryStreamDescription.Source.KinesisStreamSourceDescription.KinesisStreamARN",
        "ExtendedS3DestinationConfiguration.Prefix,"
                + " DeliveryStreamDescription.Destinations[0].ExtendedS3DestinationDescription.Prefix",
        "DeliveryStreamDescription.VersionId, DeliveryStreamDescription.VersionId"
    })
    void takesThePathsOfCreateDeliveryStreamInADescription(String path, String place) {
        JsonDocument document = Documents.describe();

        set(document, path, "value");

        assertThat(document.originOf(place)).isEqualTo("--set " + place);
        assertThat(document.originOf("Hydrant")).isEqualTo("Hydrant");
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    A..B                    | is not a path; it looks like Prefix or Destinations[0].DestinationId
                    A[x]                    | is not a path; it looks like Prefix or Destinations[0].DestinationId
                    A.                      | is not a path; it looks like Prefix or Destinations[0].DestinationId
                    DeliveryStreamName.B    | is not an object, so it has no 'B'
                    DeliveryStreamName[0]   | is not an array; write it without [0]
                    Tags[1]                 | has 0 elements; the next one to add is [0]
                    """)
    void saysWhyAPlaceCannotBeSet(String path, String problem) {
        set(Documents.create(), path, "value");

        assertThat(problems.all()).containsExactly("--set " + path + ": " + problem);
    }

    private void set(JsonDocument document, String path, String value) {
        document.set(path, value, "--set", problems);
    }

    @Test
    void repeatsNoValueThatLacksItsQuotes() {
        assertThatThrownBy(() -> JsonDocument.parse("a.json", "{\"secret\": hush}"))
                .hasMessageContaining("is not JSON at line 1")
                .hasMessageNotContaining("hush");
    }

    @Test
    void refusesYamlThatIsNoObject() {
        for (String text : new String[] {"", "# nothing", "- a", "a"}) {
            assertThatThrownBy(() -> JsonDocument.parse("stream.yaml", text))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("is not an object of YAML; its lines are Field: value");
        }
    }

    @Test
    void leavesJsonToItsOwnReaderWhateverTheNameIs() {
        assertThatThrownBy(() -> JsonDocument.parse("stack.template", "\uFEFF {\"a\": 1,}"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("is not JSON at line 1");
        assertThatThrownBy(() -> JsonDocument.parse("stream.json", "a: 1"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("is not JSON at line 1");
    }
}
