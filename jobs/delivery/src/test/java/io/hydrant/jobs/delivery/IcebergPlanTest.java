package io.hydrant.jobs.delivery;

import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.route.TargetTable;
import io.hydrant.iceberg.row.UnknownFields;
import io.hydrant.jobs.delivery.document.InvalidConfigurationException;
import io.hydrant.s3.sink.DeliveryRole;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** From an IcebergDestinationConfiguration to the plan and its job. */
class IcebergPlanTest {

    private static final String DOCUMENT =
            """
            {
              "DeliveryStreamName": "orders",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:111122223333:stream/orders",
                "RoleARN": "arn:aws:iam::111122223333:role/reads"
              },
              "IcebergDestinationConfiguration": {
                "RoleARN": "arn:aws:iam::111122223333:role/writes",
                "CatalogConfiguration": {
                  "CatalogARN": "arn:aws:glue:us-east-1:111122223333:catalog",
                  "WarehouseLocation": "s3://lake/tables"
                },
                "DestinationTableConfigurationList": [
                  {"DestinationDatabaseName": "shop", "DestinationTableName": "orders",
                   "UniqueKeys": ["id"], "PartitionSpec": {"Identity": [{"SourceName": "id"}]}}
                ],
                "SchemaEvolutionConfiguration": {"Enabled": true},
                "TableCreationConfiguration": {"Enabled": true},
                "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 60},
                "RetryOptions": {"DurationInSeconds": 100},
                "S3BackupMode": "FailedDataOnly",
                "ProcessingConfiguration": {"Enabled": true, "Processors": [
                  {"Type": "MetadataExtraction", "Parameters": [
                    {"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{operation:.op}"},
                    {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}]}]},
                "S3Configuration": {
                  "RoleARN": "arn:aws:iam::111122223333:role/writes",
                  "BucketARN": "arn:aws:s3:::errors",
                  "ErrorOutputPrefix": "failed/!{firehose:error-output-type}/"
                }
              }
            }
            """;

    @TempDir private Path folder;

    @Test
    void aDocumentOfFirehoseBecomesTablesAndABucketForErrors() throws Exception {
        DeliveryPlan plan = plan(DOCUMENT);

        IcebergConfig iceberg = plan.iceberg();
        assertThat(iceberg.tables())
                .containsExactly(new TargetTable("shop", "orders", List.of("id"), List.of("id")));
        assertThat(iceberg.catalog().properties())
                .isEqualTo(
                        Map.of(
                                "glue.id", "111122223333",
                                "client.region", "us-east-1",
                                "warehouse", "s3://lake/tables"));
        assertThat(iceberg.unknownFields()).isEqualTo(UnknownFields.ADD);
        assertThat(iceberg.createTables()).isTrue();
        assertThat(iceberg.routeQuery()).isEqualTo("{operation:.op}");
        assertThat(iceberg.commitId()).isEqualTo("orders");
        assertThat(iceberg.commitRetryTimeout()).isEqualTo(Duration.ofSeconds(100));
        assertThat(plan.sink().bucket()).isEqualTo("errors");
        assertThat(plan.sink().ledger().enabled()).isTrue();
        assertThat(plan.notices())
                .anyMatch(notice -> notice.contains("BufferingHints: have no effect"));
        assertThat(PlanText.of(plan, Instant.EPOCH, UUID.randomUUID()))
                .contains("tables that records name, GLUE catalog iceberg", "failed/")
                .doesNotContain("glue.id");
    }

    @Test
    void aDescriptionIsReadAsWell() throws Exception {
        String described =
                """
                {"DeliveryStreamDescription": {
                  "DeliveryStreamName": "orders", "VersionId": "3", "DeliveryStreamType": "KinesisStreamAsSource",
                  "Source": {"KinesisStreamSourceDescription": {
                    "KinesisStreamARN": "arn:aws:kinesis:us-east-1:111122223333:stream/orders"}},
                  "Destinations": [{"DestinationId": "1", "IcebergDestinationDescription": {
                    "RoleARN": "arn:aws:iam::111122223333:role/writes", "AppendOnly": true,
                    "CatalogConfiguration": {"CatalogARN": "arn:aws:glue:us-east-1:111122223333:catalog"},
                    "DestinationTableConfigurationList": [
                      {"DestinationDatabaseName": "shop", "DestinationTableName": "orders"}],
                    "S3DestinationDescription": {"BucketARN": "arn:aws:s3:::errors",
                      "BufferingHints": {"SizeInMBs": 5, "IntervalInSeconds": 300}}}}]}}
                """;

        assertThat(plan(described).iceberg().appendOnly()).isTrue();
    }

    @Test
    void theHydrantObjectReachesAnyCatalog() throws Exception {
        DeliveryPlan plan =
                plan(
                        DOCUMENT.replaceFirst(
                                "\\{",
                                "{\"Hydrant\": {\"iceberg.catalog.type\": \"REST\", \"iceberg.catalog.uri\": \"http://c\", \"iceberg.catalog.properties\": \"token:geheim\"},"));

        assertThat(plan.iceberg().catalog().properties())
                .containsEntry("uri", "http://c")
                .containsEntry("token", "geheim");
        assertThat(plan.shownOptions().toString()).doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"RoleARN\": \"arn:aws:iam::111122223333:role/writes\", | `` | RoleARN: is missing",
                "\"CatalogConfiguration\" | \"Catalog\" | CatalogConfiguration: is missing",
                "111122223333:catalog\" | 111122223333:catalog/s3tablescatalog/b\" | is valid in Firehose but not built yet; way out: reach the catalog",
                "s3://lake/tables | hdfs://x | CatalogConfiguration.WarehouseLocation: \"hdfs://x\" is not allowed",
                "\"UniqueKeys\": [\"id\"] | \"UniqueKeys\": [\"i d\"] | DestinationTableConfigurationList[0].UniqueKeys[0]: \"i d\" is not allowed",
                "\"DestinationTableName\": \"orders\" | \"DestinationTableName\": \"or-ders\" | DestinationTableConfigurationList[0].DestinationTableName: \"or-ders\" is not allowed",
                "\"UniqueKeys\": [\"id\"] | \"S3ErrorOutputPrefix\": \"x/!{timestamp:yyyy}/\" | S3ErrorOutputPrefix: 'x/!{timestamp:yyyy}/' holds an expression",
                "FailedDataOnly | AllDocuments | S3BackupMode: \"AllDocuments\" is not allowed",
                "\"DurationInSeconds\": 100 | \"DurationInSeconds\": 7201 | RetryOptions.DurationInSeconds: 7201 is not allowed",
                "\"S3Configuration\" | \"S3Konfiguration\" | S3Configuration: is missing",
                "{operation:.op} | {operation: | ParameterValue",
            })
    void refusesWhatIsNotAllowedByItsPath(String from, String to, String problem) throws Exception {
        String changed = DOCUMENT.replace(from, to);

        assertThatThrownBy(() -> plan(changed))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("IcebergDestinationConfiguration")
                .hasMessageContaining(problem);
    }

    @Test
    void aTableMayHaveAnErrorPrefixOfItsOwnAndAFunctionMayChooseTables() throws Exception {
        DeliveryPlan plan =
                plan(
                        DOCUMENT.replace(
                                        "\"UniqueKeys\"",
                                        "\"S3ErrorOutputPrefix\": \"orders/!{firehose:error-output-type}/\", \"UniqueKeys\"")
                                .replace(
                                        "{\"Type\": \"MetadataExtraction\"",
                                        """
                                        {"Type": "Lambda", "Parameters": [
                                          {"ParameterName": "LambdaArn",
                                           "ParameterValue": "arn:aws:lambda:us-east-1:111122223333:function:f"}]},
                                        {"Type": "MetadataExtraction\""""));

        assertThat(plan.iceberg().errorPrefixes())
                .containsExactly("orders/!{firehose:error-output-type}/");
        assertThat(plan.iceberg().routedBefore()).isTrue();
        assertThat(plan.lambda()).isNotNull();
    }

    @Test
    void keepsAllDataInTheBucketOfWhatFails() throws Exception {
        assertThat(plan(DOCUMENT).backup()).isNull();

        DeliveryPlan plan = plan(DOCUMENT.replace("FailedDataOnly", "AllData"));

        assertThat(plan.backup().bucket()).isEqualTo(plan.sink().bucket());
        assertThat(plan.backup().role()).isEqualTo(DeliveryRole.BACKUP);
        assertThat(plan.iceberg()).isNotNull();
    }

    @Test
    void thereIsOneDestination() {
        String two =
                DOCUMENT.replaceFirst(
                        "\"IcebergDestinationConfiguration\"",
                        "\"ExtendedS3DestinationConfiguration\": {}, \"IcebergDestinationConfiguration\"");

        assertThatThrownBy(() -> plan(two))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("stands beside IcebergDestinationConfiguration; give one");
    }

    @Test
    void everyOperatorHasAUid() throws Exception {
        Configuration config = new Configuration();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        DeliveryPipeline.of(plan(DOCUMENT)).addTo(env);

        assertThat(env.getStreamGraph().getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrder(
                        "kinesis",
                        "transform",
                        "iceberg-rows",
                        "iceberg",
                        "iceberg: iceberg-commits",
                        "Sink Committer: iceberg",
                        "iceberg-failed",
                        "s3",
                        "Sink Committer: s3");
    }

    private DeliveryPlan plan(String document) throws IOException {
        Path file = folder.resolve("stream.json");
        Files.writeString(file, document);
        return DeliveryPlan.of(List.of("--config", file.toString()));
    }
}
