package io.hydrant.jobs.delivery.document;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FirehoseDocumentTest {

    private final Problems problems = new Problems();

    @Test
    void readsTheSmallestCreateDeliveryStream() {
        FirehoseDelivery delivery = FirehoseDocument.read(Documents.create(), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(problems.notices()).isEmpty();
        assertThat(delivery)
                .isEqualTo(
                        new FirehoseDelivery(
                                "DeliveryStreamName",
                                "clicks-to-s3",
                                null,
                                new KinesisStreamSource(
                                        "KinesisStreamSourceConfiguration",
                                        "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks",
                                        "arn:aws:iam::111122223333:role/firehose-reads-clicks"),
                                new S3Destination(
                                        "ExtendedS3DestinationConfiguration",
                                        "clicks-lake",
                                        "arn:aws:iam::111122223333:role/firehose-writes-lake",
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        Processors.NONE,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null)));
    }

    @Test
    void readsTheAnswerOfPythonsSdkWhichHasMetadataBesideIt() {
        JsonDocument document = Documents.describe();
        document.set(
                "ResponseMetadata",
                "{\"RequestId\": \"f7c7\", \"HTTPStatusCode\": 200, \"RetryAttempts\": 0}",
                "--set",
                problems);

        FirehoseDocument.read(document, problems);

        assertThat(problems.all()).isEmpty();

        JsonDocument created = Documents.create();
        created.set("ResponseMetadata", "{}", "--set", problems);
        FirehoseDocument.read(created, problems);
        assertThat(problems.all())
                .singleElement()
                .asString()
                .contains("ResponseMetadata: is not a field here");
    }

    @Test
    void readsWhatDescribeDeliveryStreamPrints() {
        FirehoseDelivery delivery = FirehoseDocument.read(Documents.describe(), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(delivery)
                .isEqualTo(
                        new FirehoseDelivery(
                                "DeliveryStreamDescription.DeliveryStreamName",
                                "clicks-to-s3",
                                "7",
                                new KinesisStreamSource(
                                        "DeliveryStreamDescription.Source.KinesisStreamSourceDescription",
                                        "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks",
                                        "arn:aws:iam::111122223333:role/firehose-reads-clicks"),
                                new S3Destination(
                                        "DeliveryStreamDescription.Destinations[0].ExtendedS3DestinationDescription",
                                        "clicks-lake",
                                        "arn:aws:iam::111122223333:role/firehose-writes-lake",
                                        "clicks/!{timestamp:yyyy-MM-dd}/",
                                        "failed/!{firehose:error-output-type}/!{timestamp:yyyy-MM-dd}/",
                                        64,
                                        60,
                                        "GZIP",
                                        null,
                                        new Processors(true, null, null, null, null, null, null),
                                        null,
                                        "Europe/Berlin",
                                        false,
                                        null,
                                        null)));
        assertThat(problems.notices())
                .containsExactly(
                        "DeliveryStreamDescription.DeliveryStreamStatus: while the Firehose stream is ACTIVE it delivers the same records, too; delete it once this job runs",
                        "DeliveryStreamDescription.Destinations[0].ExtendedS3DestinationDescription.CloudWatchLoggingOptions.Enabled: nothing goes to the log group /aws/kinesisfirehose/clicks-to-s3; errors are in Flink's own log and in the objects under the error prefix");
    }

    @Test
    void readsTheOlderFormOfTheDestination() {
        JsonDocument document =
                JsonDocument.parse(
                        "old.json",
                        Documents.resource("create-delivery-stream.json")
                                .replace("ExtendedS3Destination", "S3Destination"));

        assertThat(FirehoseDocument.read(document, problems).destination().bucket())
                .isEqualTo("clicks-lake");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void refusesWhatOnlyTheNewerFormOfTheDestinationHas() {
        JsonDocument document =
                JsonDocument.parse(
                        "old.json",
                        Documents.resource("create-delivery-stream.json")
                                .replace("ExtendedS3Destination", "S3Destination"));
        Documents.with(document, "S3DestinationConfiguration.FileExtension", "\".json\"");

        FirehoseDocument.read(document, problems);

        assertThat(problems.all())
                .containsExactly("S3DestinationConfiguration.FileExtension: is not a field here");
    }

    @Test
    void reportsEveryProblemInOneGo() {
        JsonDocument document =
                JsonDocument.parse(
                        "stream.json",
                        """
                        {
                          "DeliveryStreamNam": "typo",
                          "KinesisStreamSourceConfiguration": {"KinesisStreamARN": "clicks"},
                          "ExtendedS3DestinationConfiguration": {
                            "BucketARN": "lake",
                            "BufferingHints": {"SizeInMBs": 500, "IntervalInSeconds": 901},
                            "CompressionFormat": "RAR",
                            "S3BackupMode": "On"
                          },
                          "SplunkDestinationConfiguration": {"HECToken": "not to be printed"}
                        }
                        """);

        FirehoseDocument.read(document, problems);

        assertThatThrownBy(() -> problems.throwIfAny("stream.json"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage(
                        """
                        stream.json: 9 problems
                          DeliveryStreamName: is missing
                          KinesisStreamSourceConfiguration.KinesisStreamARN: "clicks" is not allowed; arn:aws:kinesis:<region>:<12 digits>:stream/<name>
                          SplunkDestinationConfiguration: is valid in Firehose but not built yet; ExtendedS3DestinationConfiguration, IcebergDestinationConfiguration and RedshiftDestinationConfiguration are
                          ExtendedS3DestinationConfiguration.BucketARN: "lake" is not allowed; arn:aws:s3:::<bucket>
                          ExtendedS3DestinationConfiguration.BufferingHints.SizeInMBs: 500 is not allowed; 1 to 128
                          ExtendedS3DestinationConfiguration.BufferingHints.IntervalInSeconds: 901 is not allowed; 0 to 900
                          ExtendedS3DestinationConfiguration.CompressionFormat: "RAR" is not allowed; UNCOMPRESSED or GZIP or ZIP or Snappy or HADOOP_SNAPPY
                          ExtendedS3DestinationConfiguration.S3BackupMode: "On" is not allowed; Disabled or Enabled
                          DeliveryStreamNam: is not a field here; did you mean 'DeliveryStreamName'?""");
    }

    @Test
    void saysWhatIsMissingInAnEmptyDocument() {
        FirehoseDocument.read(JsonDocument.empty(), problems);

        assertThat(problems.all())
                .containsExactly(
                        "DeliveryStreamName: is missing",
                        "ExtendedS3DestinationConfiguration: is missing; without it there is nowhere to deliver");
    }

    @Test
    void refusesADescriptionOfAnotherSourceOrDestination() {
        JsonDocument document = Documents.describe();
        Documents.with(
                document,
                "DeliveryStreamDescription.Source",
                "{\"MSKSourceDescription\": {\"TopicName\": \"t\"}}");
        Documents.with(
                document,
                "DeliveryStreamDescription.Destinations",
                "[{\"DestinationId\": \"d-1\", \"SplunkDestinationDescription\": {}}]");

        assertThat(FirehoseDocument.read(document, problems)).isNull();
        assertThat(problems.all())
                .containsExactly(
                        "DeliveryStreamDescription.Source.MSKSourceDescription: is valid in Firehose but not built yet; KinesisStreamSourceConfiguration and DirectPut are; way out: let producers put into a Kinesis stream, as the SDKs, the Kinesis Agent, Fluent Bit and Kafka Connect do, and name it by --set DeliveryStreamType=KinesisStreamAsSource --set KinesisStreamSourceConfiguration.KinesisStreamARN=ARN",
                        "DeliveryStreamDescription.Destinations[0].SplunkDestinationDescription: is valid in Firehose but not built yet; ExtendedS3DestinationConfiguration, IcebergDestinationConfiguration and RedshiftDestinationConfiguration are");
    }

    @Test
    void takesADescriptionOfDirectPut() {
        JsonDocument document = Documents.describe();
        String type = "DeliveryStreamDescription.DeliveryStreamType";
        Documents.with(document, type, "\"DirectPut\"");
        Documents.with(
                document,
                "DeliveryStreamDescription.Source",
                "{\"DirectPutSourceDescription\": {\"ThroughputHintInMBs\": 10}}");

        assertThat(FirehoseDocument.read(document, problems).source())
                .isEqualTo(KinesisStreamSource.ofDirectPut(type));
        assertThat(problems.all()).isEmpty();
        assertThat(problems.notices())
                .contains(
                        "DeliveryStreamDescription.Source.DirectPutSourceDescription: has no effect; the Kinesis stream behind takes what its shards take");
    }

    @Test
    void takesADescriptionOfDirectPutThatIsToldOfAKinesisStreamAsOneOfThatStream() {
        JsonDocument document = Documents.describe();
        Documents.with(document, "DeliveryStreamDescription.DeliveryStreamType", "\"DirectPut\"");
        Documents.with(
                document,
                "DeliveryStreamDescription.Source",
                "{\"DirectPutSourceDescription\": {\"ThroughputHintInMBs\": 10}}");
        document.set("DeliveryStreamType", "KinesisStreamAsSource", "--set", problems);
        document.set(
                "KinesisStreamSourceConfiguration.KinesisStreamARN",
                "arn:aws:kinesis:eu-west-1:111122223333:stream/orders",
                "--set",
                problems);

        assertThat(FirehoseDocument.read(document, problems).source().streamArn())
                .endsWith("stream/orders");
        assertThat(problems.all()).isEmpty();
        assertThat(problems.notices())
                .contains(
                        "DeliveryStreamDescription.Source.DirectPutSourceDescription: has no effect beside KinesisStreamSourceDescription");
    }

    /** What is said where producers put to Firehose itself, without a word for what is right. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            textBlock =
                    """
                    "DeliveryStreamType": "DirectPut", | -
                    "DirectPutSourceConfiguration": {"ThroughputHintInMBs": 100}, | -
                    "DirectPutSourceConfiguration": {"ThroughputHintInMBs": 101}, | DirectPutSourceConfiguration.ThroughputHintInMBs: 101 is not allowed; 1 to 100
                    "DeliveryStreamEncryptionConfigurationInput": {"KeyType": "AWS_OWNED_CMK"}, | -
                    "DeliveryStreamEncryptionConfigurationInput": {"KeyType": "CUSTOMER_MANAGED_CMK", "KeyARN": "arn:aws:kms:eu-west-1:111122223333:key/k"}, | -
                    "DeliveryStreamEncryptionConfigurationInput": {}, | DeliveryStreamEncryptionConfigurationInput.KeyType: is missing
                    "DeliveryStreamEncryptionConfigurationInput": {"KeyType": "CUSTOMER_MANAGED_CMK"}, | DeliveryStreamEncryptionConfigurationInput.KeyARN: is missing
                    "DeliveryStreamEncryptionConfigurationInput": {"KeyType": "AWS_OWNED_CMK", "KeyARN": "arn:aws:kms:eu-west-1:111122223333:key/k"}, | DeliveryStreamEncryptionConfigurationInput.KeyARN: goes with KeyType CUSTOMER_MANAGED_CMK only
                    "DeliveryStreamEncryptionConfigurationInput": {"KeyType": "AES"}, | DeliveryStreamEncryptionConfigurationInput.KeyType: "AES" is not allowed; AWS_OWNED_CMK or CUSTOMER_MANAGED_CMK
                    "DeliveryStreamType": "KinesisStreamAsSource", | KinesisStreamSourceConfiguration: is missing; without a Kinesis stream there is nothing to read
                    "MSKSourceConfiguration": {}, | MSKSourceConfiguration: is valid in Firehose but not built yet; KinesisStreamSourceConfiguration and DirectPut are; way out: let producers put into a Kinesis stream, as the SDKs, the Kinesis Agent, Fluent Bit and Kafka Connect do, and name it by --set DeliveryStreamType=KinesisStreamAsSource --set KinesisStreamSourceConfiguration.KinesisStreamARN=ARN
                    """)
    void readsWhoPutsRecords(String fields, String problem) {
        JsonDocument document =
                JsonDocument.parse(
                        "stream.json",
                        "{%s \"DeliveryStreamName\": \"orders\", \"ExtendedS3DestinationConfiguration\": {\"BucketARN\": \"arn:aws:s3:::lake\"}}"
                                .formatted(fields));

        FirehoseDelivery delivery = FirehoseDocument.read(document, problems);

        assertThat(problems.all()).isEqualTo(problem == null ? List.of() : List.of(problem));
        if (problem == null) {
            assertThat(delivery.source().isDirectPut()).isTrue();
        }
    }

    @Test
    void saysWhichFileOfServerlessItReads() {
        assertThatThrownBy(
                        () ->
                                JsonDocument.parse(
                                        "serverless.yml",
                                        "service: clicks\nprovider:\n  name: aws\nresources:\n  Resources: {}\n"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(".serverless/cloudformation-template-update-stack.json");
    }

    @Test
    void refusesADescriptionWithoutADestination() {
        JsonDocument document =
                Documents.with(
                        Documents.describe(), "DeliveryStreamDescription.Destinations", "[]");

        FirehoseDocument.read(document, problems);

        assertThat(problems.all())
                .containsExactly(
                        "DeliveryStreamDescription.Destinations: has 0 destinations; a Firehose stream has exactly 1");
    }

    /** Firehose refuses such a document; nothing here needs the role. */
    @Test
    void noticesADestinationWithoutARole() {
        JsonDocument document = Documents.create();
        Documents.with(
                document,
                "ExtendedS3DestinationConfiguration",
                "{\"BucketARN\": \"arn:aws:s3:::clicks-lake\"}");

        assertThat(FirehoseDocument.read(document, problems).destination().bucket())
                .isEqualTo("clicks-lake");
        assertThat(problems.all()).isEmpty();
        assertThat(problems.notices())
                .containsExactly(
                        "ExtendedS3DestinationConfiguration.RoleARN: is missing; Firehose requires it, here the job's own credentials do without it");
    }

    @Test
    void noticesWhatIsValidAndHasNoEffect() {
        JsonDocument document = Documents.create();
        Documents.with(document, "Tags", "[{\"Key\": \"team\"}]");
        Documents.with(document, "ExtendedS3DestinationConfiguration.S3BackupMode", "\"Disabled\"");
        Documents.with(document, "ExtendedS3DestinationConfiguration.S3BackupConfiguration", "{}");

        FirehoseDocument.read(document, problems);

        assertThat(problems.all()).isEmpty();
        assertThat(problems.notices())
                .containsExactly(
                        "Tags: have no effect; there is no Firehose stream to tag",
                        "ExtendedS3DestinationConfiguration.S3BackupConfiguration: has no effect while S3BackupMode is Disabled");
    }

    @Test
    void readsTheHydrantObjectAsTexts() {
        JsonDocument document =
                Documents.with(
                        Documents.create(),
                        "Hydrant",
                        "{\"parallelism\": 2, \"ledger.enabled\": false, \"aws.endpoint\": \"http://localhost:4566\"}");

        assertThat(FirehoseDocument.hydrantOptions(document, problems))
                .containsExactly(
                        Map.entry("parallelism", "2"),
                        Map.entry("ledger.enabled", "false"),
                        Map.entry("aws.endpoint", "http://localhost:4566"));
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void readsABackupInEitherFormOfTheDocument() {
        for (String name : List.of("S3BackupConfiguration", "S3BackupDescription")) {
            JsonDocument document =
                    Documents.with(
                            Documents.with(
                                    Documents.create(),
                                    "ExtendedS3DestinationConfiguration." + name,
                                    """
                                    {"BucketARN": "arn:aws:s3:::vault", "Prefix": "raw/", "CompressionFormat": "GZIP",
                                     "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 300}}
                                    """),
                            "ExtendedS3DestinationConfiguration.S3BackupMode",
                            "\"Enabled\"");
            S3Destination backup = FirehoseDocument.read(document, problems).destination().backup();

            assertThat(problems.all()).isEmpty();
            assertThat(backup.bucket()).isEqualTo("vault");
            assertThat(backup.prefix()).isEqualTo("raw/");
            assertThat(backup.bufferMegabytes()).isEqualTo(64);
            assertThat(backup.bufferSeconds()).isEqualTo(300);
            assertThat(backup.compression()).isEqualTo("GZIP");
        }
    }

    @Test
    void refusesABackupWithoutBuffering() {
        JsonDocument document =
                Documents.with(
                        Documents.with(
                                Documents.create(),
                                "ExtendedS3DestinationConfiguration.S3BackupConfiguration",
                                """
                                {"BucketARN": "arn:aws:s3:::vault",
                                 "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0}}
                                """),
                        "ExtendedS3DestinationConfiguration.S3BackupMode",
                        "\"Enabled\"");
        FirehoseDocument.read(document, problems);

        assertThat(problems.all())
                .containsExactly(
                        "ExtendedS3DestinationConfiguration.S3BackupConfiguration.BufferingHints.IntervalInSeconds: 0 is not allowed for a backup; 1 to 900");
    }
}
