package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.CredentialsProviderKind;
import io.hydrant.delivery.format.Compression;
import io.hydrant.jobs.delivery.document.InvalidConfigurationException;
import io.hydrant.kinesis.source.InitialPosition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeliveryPlanTest {

    private static final String CREATE =
            Path.of("src", "test", "resources", "create-delivery-stream.json").toString();
    private static final String DESCRIBE =
            Path.of("src", "test", "resources", "describe-delivery-stream.json").toString();

    @TempDir private Path folder;

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Examples.FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValid(Path example) {
        assertThat(DeliveryPlan.of(List.of("--config", example.toString())).deliveryStream())
                .isNotEmpty();
    }

    /** What only follows from a mistake sends its reader to the wrong place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            nullValues = "-",
            textBlock =
                    """
                    "Prefix": "a/!{partitionKeyFromQuery:other}/", "ErrorOutputPrefix": "e/!{firehose:error-output-type}/", "DynamicPartitioningConfiguration": {"Enabled": true}, "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "MetadataExtraction", "Parameters": [{"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{id: .id}"}, {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}]}]} | Prefix: "a/!{partitionKeyFromQuery:other}/" holds keys that no MetadataExtractionQuery makes: other
                    "Prefix": "a/!{partitionKeyFromQuery:id}/", "ErrorOutputPrefix": "e/!{firehose:error-output-type}/", "DynamicPartitioningConfiguration": {"Enabled": true}, "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "MetadataExtraction", "Parameters": [{"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{id: .id"}, {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}]}]} | ProcessingConfiguration.Processors[0].Parameters[0].ParameterValue: '{id: .id' is no query of jq 1.6: Encountered "<EOF>" at line 1, column 8.
                    "Prefix": "a/!{partitionKeyFromQuery:id}/", "ErrorOutputPrefix": "e/!{firehose:error-output-type}/", "DynamicPartitioningConfiguration": {"Enabled": "yes"} | DynamicPartitioningConfiguration.Enabled: "yes" is not allowed; true or false
                    "Prefix": "a/!{partitionKeyFromQuery:id}/", "DynamicPartitioningConfiguration": {"Enabled": true}, "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "MetadataExtraction", "Parameters": [{"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{id: .id}"}, {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}]}]} | ErrorOutputPrefix: An error prefix is required, since the prefix 'a/!{partitionKeyFromQuery:id}/' holds an expression; for example 'errors/!{firehose:error-output-type}/'
                    "Prefix": ["!{partitionKeyFromQuery:id}"], "DynamicPartitioningConfiguration": {"Enabled": true} | Prefix: an array is not a text
                    "Prefix": "a/", "ErrorOutputPrefix": "e/", "DynamicPartitioningConfiguration": {"Enabled": true} | Prefix: "a/" holds no partitioning key, and dynamic partitioning is enabled; it needs one, such as !{partitionKeyFromQuery:id}
                    "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "RecordDeAggregation", "Parameters": [{"ParameterName": "SubRecordType", "ParameterValue": "DELIMITED"}]}]} | ProcessingConfiguration.Processors[0].Parameters: has no Delimiter; what stands between records, in base64 is needed
                    "ProcessingConfiguration": {"Enabled": false, "Processors": [{"Type": "Lamda"}]} | ProcessingConfiguration.Processors[0].Type: "Lamda" is not allowed; AppendDelimiterToRecord or RecordDeAggregation or Decompression or CloudWatchLogProcessing or Lambda or MetadataExtraction
                    "S3BackupMode": "Enabled", "S3BackupConfiguration": {"RoleARN": "arn:aws:iam::111122223333:role/delivery", "BucketARN": "arn:aws:s3:::backup", "BufferingHints": {"SizeInMBs": 5, "IntervalInSeconds": 0}} | S3BackupConfiguration.BufferingHints.IntervalInSeconds: 0 is not allowed for a backup; 1 to 900
                    "CompressionFormat": "GZIP", "DataFormatConversionConfiguration": {"Enabled": true, "SchemaConfiguration": {"DatabaseName": "d", "TableName": "t", "RoleARN": "arn:aws:iam::111122223333:role/delivery"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}} | CompressionFormat: "GZIP" is not allowed with DataFormatConversionConfiguration; UNCOMPRESSED, for the files have a compression of their own
                    "DataFormatConversionConfiguration": {"Enabled": true, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}} | DataFormatConversionConfiguration.SchemaConfiguration: is missing
                    """)
    void saysOneThingOfOneMistake(String fields, String problem) throws IOException {
        String config = file("\"BucketARN\"", fields + ", \"BucketARN\"");

        assertThatThrownBy(() -> plan(config))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage(
                        config + ": 1 problem\n  ExtendedS3DestinationConfiguration." + problem);
    }

    @Test
    void saysWhatIsWrongWithOptionsBesideWhatIsWrongWithTheDocument() throws IOException {
        String config =
                file(
                        "\"BucketARN\"",
                        "\"Prefix\": \"!{no}\", \"CompressionFormat\": \"none\", \"BucketARN\"");

        assertThatThrownBy(() -> plan(config, "delivery.memory-budget=1 kb", "delivery.nothing=1"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("CompressionFormat: \"none\" is not allowed")
                .hasMessageContaining("!{no}")
                .hasMessageContaining("delivery.memory-budget is 1024 bytes")
                .hasMessageContaining("delivery.nothing");
    }

    @Test
    void saysThatABackupIsNoneWithoutItsMode() throws IOException {
        DeliveryPlan plan =
                plan(
                        file(
                                "\"BucketARN\"",
                                "\"S3BackupConfiguration\": {\"BucketARN\": \"arn:aws:s3:::backup\"}, \"BucketARN\""));

        assertThat(plan.backup()).isNull();
        assertThat(plan.notices())
                .contains(
                        "ExtendedS3DestinationConfiguration.S3BackupConfiguration: has no effect, since S3BackupMode is not Enabled");
    }

    @Test
    void usesFirehoseDefaultsWhereTheDocumentSaysNothing() {
        DeliveryPlan plan = plan(CREATE);

        assertThat(plan.stream())
                .hasToString("arn:aws:kinesis:eu-west-1:111122223333:stream/clicks");
        assertThat(plan.deliveryStream()).isEqualTo("clicks-to-s3");
        assertThat(plan.sink().naming().streamVersion()).isEqualTo("1");
        assertThat(plan.sink().bucket()).isEqualTo("clicks-lake");
        assertThat(plan.sink().buffer().size()).isEqualTo(5 * 1024 * 1024);
        assertThat(plan.sink().buffer().interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(plan.sink().format().compression()).isEqualTo(Compression.UNCOMPRESSED);
        assertThat(plan.sink().format().appendNewline()).isFalse();
        assertThat(plan.sink().naming().timeZone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(plan.sink().naming().dataExtension()).isEmpty();
        assertThat(plan.source().initialPosition()).isEqualTo(InitialPosition.LATEST);
        assertThat(plan.sourceAws().region()).isEqualTo("eu-west-1");
        assertThat(plan.sinkAws().region()).isEqualTo("eu-west-1");
        assertThat(plan.parallelism()).isNull();
        assertThat(origin(plan, "delivery.buffer.size")).isEqualTo("default");
        assertThat(origin(plan, "delivery.stream.version")).isEqualTo("default");
    }

    @Test
    void takesEverythingThatADescriptionSays() {
        DeliveryPlan plan = plan(DESCRIBE);

        assertThat(plan.sink().naming().streamVersion()).isEqualTo("7");
        assertThat(plan.sink().naming().prefix()).isEqualTo("clicks/!{timestamp:yyyy-MM-dd}/");
        assertThat(plan.sink().naming().errorPrefix()).startsWith("failed/");
        assertThat(plan.sink().naming().timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(plan.sink().naming().dataExtension()).isEqualTo(".gz");
        assertThat(plan.sink().buffer().size()).isEqualTo(64 * 1024 * 1024);
        assertThat(plan.sink().buffer().interval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(plan.sink().format().compression()).isEqualTo(Compression.GZIP);
        assertThat(plan.sink().format().appendNewline()).isTrue();
        assertThat(origin(plan, "delivery.buffer.size"))
                .isEqualTo(
                        "DeliveryStreamDescription.Destinations[0].ExtendedS3DestinationDescription.BufferingHints.SizeInMBs");
        assertThat(origin(plan, "delivery.stream.version"))
                .isEqualTo("DeliveryStreamDescription.VersionId");
    }

    @Test
    void takesKeyExtensionAndEncryptionFromTheDocument() {
        String s3 = "ExtendedS3DestinationConfiguration.";
        String key = "arn:aws:kms:eu-west-1:111122223333:key/1";

        DeliveryPlan plan =
                plan(
                        CREATE,
                        s3 + "FileExtension=.jsonl",
                        s3 + "EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN=" + key);

        assertThat(plan.sink().naming().dataExtension()).isEqualTo(".jsonl");
        assertThat(plan.sink().store().attributes().kmsKeyArn()).isEqualTo(key);
        assertThat(origin(plan, "delivery.file-extension"))
                .isEqualTo("--set ExtendedS3DestinationConfiguration.FileExtension");
    }

    @Test
    void whatIsSetCountsOverTheHydrantObjectAndThatOverTheDocument() throws IOException {
        String config =
                file(
                        "\"ExtendedS3DestinationConfiguration\"",
                        "\"Hydrant\": {\"delivery.buffer.size\": \"512 kb\", \"parallelism\": 2, \"s3.upload-threads\": 8},"
                                + "\"ExtendedS3DestinationConfiguration\"");

        DeliveryPlan plan =
                plan(
                        config,
                        "ExtendedS3DestinationConfiguration.BufferingHints={\"SizeInMBs\": 1, \"IntervalInSeconds\": 0}",
                        "parallelism=3");

        assertThat(plan.sink().buffer().size()).isEqualTo(512 * 1024);
        assertThat(plan.sink().buffer().interval()).isZero();
        assertThat(plan.parallelism()).isEqualTo(3);
        assertThat(origin(plan, "delivery.buffer.size")).isEqualTo("Hydrant");
        assertThat(origin(plan, "parallelism")).isEqualTo("--set");
        assertThat(origin(plan, "s3.upload-threads")).isEqualTo("Hydrant");
        assertThat(plan.notices())
                .contains(
                        "Hydrant.delivery.buffer.size: '512 kb' counts, not '1 mb' of ExtendedS3DestinationConfiguration.BufferingHints.SizeInMBs",
                        "--set parallelism: '3' counts, not '2' of Hydrant");
    }

    @Test
    void assumesTheRolesOfTheDocumentOnlyWhenToldToAssumeOne() {
        DeliveryPlan own = plan(CREATE);
        DeliveryPlan assumed = plan(CREATE, "aws.credentials.provider=ASSUME_ROLE");
        DeliveryPlan named =
                plan(
                        CREATE,
                        "aws.credentials.provider=ASSUME_ROLE",
                        "aws.credentials.role.arn=arn:aws:iam::111122223333:role/mine");

        assertThat(own.sinkAws().credentials().kind()).isEqualTo(CredentialsProviderKind.AUTO);
        assertThat(own.sinkAws().credentials().roleArn()).isNull();
        assertThat(own.notices())
                .containsExactly(
                        "KinesisStreamSourceConfiguration.RoleARN: is not assumed, since aws.credentials.provider is AUTO",
                        "ExtendedS3DestinationConfiguration.RoleARN: is not assumed, since aws.credentials.provider is AUTO");
        assertThat(assumed.sourceAws().credentials().roleArn())
                .endsWith("role/firehose-reads-clicks");
        assertThat(assumed.sinkAws().credentials().roleArn()).endsWith("role/firehose-writes-lake");
        assertThat(assumed.notices()).isEmpty();
        assertThat(named.sourceAws().credentials().roleArn()).endsWith("role/mine");
        assertThat(named.notices())
                .contains(
                        "KinesisStreamSourceConfiguration.RoleARN: is not assumed, since aws.credentials.role.arn is given");
    }

    @Test
    void reachesKinesisAndS3AtEndpointsAndRegionsOfTheirOwn() {
        DeliveryPlan plan =
                plan(
                        CREATE,
                        "aws.endpoint=http://both:1",
                        "s3.endpoint=http://bucket:2",
                        "s3.region=us-west-2");

        assertThat(plan.sourceAws().endpoint()).isEqualTo(URI.create("http://both:1"));
        assertThat(plan.sourceAws().region()).isEqualTo("eu-west-1");
        assertThat(plan.sinkAws().endpoint()).isEqualTo(URI.create("http://bucket:2"));
        assertThat(plan.sinkAws().region()).isEqualTo("us-west-2");
        assertThat(plan(CREATE, "kinesis.endpoint=http://k:3").sourceAws().endpoint())
                .isEqualTo(URI.create("http://k:3"));
    }

    @Test
    void reportsDocumentOptionsAndArgumentsInOneGo() throws IOException {
        String config =
                file(
                        "\"ExtendedS3DestinationConfiguration\"",
                        "\"Hydrant\": {\"delivery.buffr.size\": 1, \"source.init.position\": \"NEWEST\", \"aws.credentials.basic.accesskeyid\": \"AKIA\"},"
                                + "\"ExtendedS3DestinationConfiguration\"");

        assertThatThrownBy(
                        () ->
                                plan(
                                        config,
                                        "ExtendedS3DestinationConfiguration.CompressionFormat=LZ4",
                                        "ExtendedS3DestinationConfiguration.Prefix=a/!{time:yyyy}",
                                        "parallelism=0",
                                        "aws.protocol.cbor=maybe",
                                        "source.reader.threads=1000"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageStartingWith(config + ": 8 problems\n")
                .hasMessageContaining(
                        "ExtendedS3DestinationConfiguration.CompressionFormat: \"LZ4\" is not allowed; UNCOMPRESSED or GZIP or ZIP or Snappy or HADOOP_SNAPPY")
                .hasMessageContaining("ExtendedS3DestinationConfiguration.Prefix: 'a/!{time:yyyy}'")
                .hasMessageContaining(
                        "Hydrant.delivery.buffr.size: 'delivery.buffr.size' is not an option; did you mean 'delivery.buffer.size'?")
                .hasMessageContaining(
                        "Hydrant.source.init.position: 'NEWEST' is not allowed; one of LATEST, TRIM_HORIZON, AT_TIMESTAMP")
                .hasMessageContaining(
                        "--set aws.protocol.cbor: 'maybe' is not allowed; true or false")
                .hasMessageContaining("parallelism is 0; it must be at least 1")
                .hasMessageContaining("source.reader.threads is 1000; it must be from 1 to 256")
                .hasMessageContaining(
                        "Give both or none of aws.credentials.basic.accesskeyid and aws.credentials.basic.secretkey");
    }

    @Test
    void refusesAnErrorPrefixThatDoesNotGoWithThePrefix() {
        assertThatThrownBy(
                        () ->
                                plan(
                                        CREATE,
                                        "ExtendedS3DestinationConfiguration.Prefix=a/!{timestamp:yyyy}/"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "ExtendedS3DestinationConfiguration.ErrorOutputPrefix: An error prefix is required");
    }

    @Test
    void neverShowsASecret() {
        String[] secrets = {
            "aws.credentials.provider=BASIC",
            "aws.credentials.basic.accesskeyid=AKIA",
            "aws.credentials.basic.secretkey=hush-hush",
            "delivery.transform.parameters=token:hush-hush"
        };

        DeliveryPlan plan = plan(CREATE, secrets);

        assertThat(PlanText.of(plan, Instant.EPOCH, new UUID(0, 0)))
                .contains("aws.credentials.basic.secretkey", "AKIA")
                .doesNotContain("hush-hush");
        assertThat(plan.toString()).doesNotContain("hush-hush");
    }

    @Test
    void printsWhatGoesWhereWithOriginsAndNotices() {
        String text =
                PlanText.of(plan(DESCRIBE), Instant.parse("2026-02-28T23:59:58Z"), new UUID(0, 5));

        assertThat(text)
                .startsWith(
                        """
                        delivery stream  clicks-to-s3, version 7
                        from             arn:aws:kinesis:eu-west-1:111122223333:stream/clicks
                        to               s3://clicks-lake
                        object           clicks/2026-03-01/clicks-to-s3-7-2026-03-01-00-59-58-00000000-0000-0000-0000-000000000005.gz
                        error object     failed/processing-failed/2026-03-01/clicks-to-s3-7-2026-03-01-00-59-58-00000000-0000-0000-0000-000000000005.gz
                        ledger           s3://clicks-lake/_hydrant/ledger/

                        options
                        """)
                .containsPattern(
                        "(?m)^  delivery.buffer.size +64 mb +DeliveryStreamDescription.*SizeInMBs$")
                .containsPattern("(?m)^  s3.upload-threads +4 +default$")
                .contains("\nnotices\n  DeliveryStreamDescription.DeliveryStreamStatus: while");
    }

    @Test
    void saysThatThereWillBeNoLedger() {
        assertThat(PlanText.of(plan(CREATE, "ledger.enabled=false"), Instant.EPOCH, new UUID(0, 0)))
                .contains("ledger           none; hydrant verify will have nothing to go by\n");
    }

    @Test
    void reportsWrongOptionsBesideADocumentThatCannotBeRead() {
        assertThatThrownBy(() -> plan("absent.json", "aws.protocol.cbor=maybe"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage(
                        "absent.json: 2 problems\n"
                                + "  --config: absent.json does not exist\n"
                                + "  --set aws.protocol.cbor: 'maybe' is not allowed; true or false");
    }

    @Test
    void saysWhatIsWrongWithTheArguments() {
        assertThatThrownBy(() -> DeliveryPlan.of(List.of("--what")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage("arguments: 1 problem\n  --what: is not an argument");
    }

    @Test
    void saysWhatIsWrongWithTheSqlOfTheTransform() {
        assertThatThrownBy(
                        () -> plan(CREATE, "delivery.transform.select=SELECT delay FROM records"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "delivery.transform.select: line 1, column 8: Column 'delay' not found");
        assertThatThrownBy(
                        () ->
                                plan(
                                        CREATE,
                                        "delivery.transform.select=SELECT payload FROM records",
                                        "delivery.transform.class=com.example.Absent"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "delivery.transform.class: 'com.example.Absent' and delivery.transform.select are both given");
    }

    @Test
    void doesNotLookForTheTransformOfACommandThatOnlyReads() {
        DeliveryPlan plan = plan(CREATE, "delivery.transform.class=com.example.Absent");

        assertThat(plan.transform().className()).isEqualTo("com.example.Absent");
    }

    /** The compiler takes a second, and what the SQL says does not matter there. */
    @Test
    void doesNotCompileTheSqlForACommandThatOnlyReads() {
        DeliveryPlan plan =
                DeliveryPlan.toRead(
                        List.of(
                                "--config",
                                CREATE,
                                "--set",
                                "delivery.transform.select=SELECT delay FROM records"));

        assertThat(plan.transform().isPassThrough()).isFalse();
    }

    @Test
    void saysWhatDoesNotGoWithAReplayToTheLiveDelivery() {
        assertThatThrownBy(() -> plan(CREATE, "replay.to-live=true"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "replay.to-live: goes with a replay of a stream, source.end.position NOW")
                .hasMessageContaining("here it is NONE");
        assertThatThrownBy(
                        () ->
                                plan(
                                        CREATE,
                                        "replay.to-live=true",
                                        "ledger.enabled=false",
                                        "source.init.position=TRIM_HORIZON",
                                        "source.end.position=NOW"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("needs the ledger of the live delivery");
    }

    @Test
    void namesAReplayWithAnIdOfItsOwn() {
        String[] replay = {
            "source.init.position=TRIM_HORIZON", "source.end.position=NOW", "replay.id=fix.1"
        };
        DeliveryPlan plan = plan(CREATE, replay);

        assertThat(plan.deliveryStream()).endsWith("-replay-fix.1");
        assertThat(plan.deliveryStream())
                .isEqualTo(plan(CREATE).deliveryStream() + "-replay-fix.1");
        assertThatThrownBy(() -> plan(CREATE, "replay.id=x"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("replay.id: 'x' goes with a replay (--from)");
        replay[2] = "replay.id=a/b";
        assertThatThrownBy(() -> plan(CREATE, replay))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("-replay-a/b' is not allowed; 1 to 64 letters");
    }

    private static String origin(DeliveryPlan plan, String key) {
        return plan.options().stream()
                .filter(option -> option.key().equals(key))
                .findFirst()
                .orElseThrow()
                .origin();
    }

    @Test
    void readsTheStreamBehindWhatIsPutToFirehoseItself() throws IOException {
        String config = directPut("\"Hydrant\": {}");
        String behind = "arn:aws:kinesis:eu-west-1:111122223333:stream/behind";

        DeliveryPlan plan = plan(config, "direct-put.stream=" + behind);

        assertThat(plan.stream()).hasToString(behind);
        assertThat(plan.sourceAws().region()).isEqualTo("eu-west-1");
        assertThat(
                        plan(directPut("\"Hydrant\": {\"direct-put.stream\": \"" + behind + "\"}"))
                                .stream())
                .hasToString(behind);
        assertThatThrownBy(() -> plan(config, "direct-put.stream=behind"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("1 problem\n  direct-put.stream: ");
    }

    @Test
    void aJobWantsTheStreamBehindDirectPutAndACheckSaysThatItWill() throws IOException {
        String config = directPut("\"Hydrant\": {}");

        assertThatThrownBy(() -> plan(config))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("1 problem\n  DeliveryStreamType: DirectPut, which it is")
                .hasMessageContaining("--set direct-put.stream=ARN");
        assertThat(DeliveryPlan.toCheck(List.of("--config", config)).notices())
                .anyMatch(notice -> notice.contains("--set direct-put.stream=ARN"));
        assertThat(DeliveryPlan.toTry(List.of("--config", config)).deliveryStream())
                .isEqualTo("orders");
    }

    @Test
    void refusesAStreamBehindDirectPutBesideTheOneThatTheDocumentNames() {
        assertThatThrownBy(
                        () ->
                                plan(
                                        CREATE,
                                        "direct-put.stream=arn:aws:kinesis:eu-west-1:111122223333:stream/behind"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageEndingWith(
                        "1 problem\n  direct-put.stream: goes with DeliveryStreamType DirectPut only; KinesisStreamSourceConfiguration names the stream");
    }

    private String directPut(String more) throws IOException {
        return Files.writeString(
                        folder.resolve("direct.json"),
                        """
                        {"DeliveryStreamName": "orders", "DeliveryStreamType": "DirectPut", %s,
                         "ExtendedS3DestinationConfiguration": {"BucketARN": "arn:aws:s3:::lake"}}
                        """
                                .formatted(more))
                .toString();
    }

    private String file(String text, String replacement) throws IOException {
        String document = Files.readString(Path.of(CREATE));
        return Files.writeString(folder.resolve("stream.json"), document.replace(text, replacement))
                .toString();
    }

    private static DeliveryPlan plan(String config, String... settings) {
        List<String> args = new ArrayList<>(List.of("--config", config));
        for (String setting : settings) {
            args.add("--set");
            args.add(setting);
        }
        return DeliveryPlan.of(args);
    }
}
