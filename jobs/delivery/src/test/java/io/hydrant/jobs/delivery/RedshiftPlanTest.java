package io.hydrant.jobs.delivery;

import io.hydrant.delivery.format.Compression;
import io.hydrant.jobs.delivery.document.InvalidConfigurationException;
import io.hydrant.redshift.Dialect;
import io.hydrant.redshift.LoadMode;
import io.hydrant.redshift.RedshiftConfig;

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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** From a RedshiftDestinationConfiguration to the plan and its job. */
class RedshiftPlanTest {

    private static final String REPLACE = "redshift.load-mode=REPLACE";

    private static final String DOCUMENT =
            """
            {
              "DeliveryStreamName": "orders",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:111122223333:stream/orders",
                "RoleARN": "arn:aws:iam::111122223333:role/reads"
              },
              "RedshiftDestinationConfiguration": {
                "RoleARN": "arn:aws:iam::111122223333:role/writes",
                "ClusterJDBCURL": "jdbc:redshift://shop.abc.us-east-1.redshift.amazonaws.com:5439/dev",
                "Username": "loader",
                "Password": "geheim-1",
                "CopyCommand": {
                  "DataTableName": "shop.orders",
                  "DataTableColumns": "id, item",
                  "CopyOptions": "JSON 'auto' GZIP"
                },
                "RetryOptions": {"DurationInSeconds": 100},
                "S3BackupMode": "Enabled",
                "S3BackupConfiguration": {
                  "BucketARN": "arn:aws:s3:::kept",
                  "RoleARN": "arn:aws:iam::111122223333:role/writes"
                },
                "ProcessingConfiguration": {"Enabled": true, "Processors": [
                  {"Type": "AppendDelimiterToRecord"}]},
                "S3Configuration": {
                  "RoleARN": "arn:aws:iam::111122223333:role/writes",
                  "BucketARN": "arn:aws:s3:::stage",
                  "Prefix": "orders/",
                  "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 60},
                  "CompressionFormat": "GZIP"
                }
              }
            }
            """;

    @TempDir private Path folder;

    @Test
    void namesATableAndABucketToStageIn() throws Exception {
        DeliveryPlan plan = plan(DOCUMENT);

        RedshiftConfig redshift = plan.redshift();
        assertThat(redshift.table()).isEqualTo("shop.orders");
        assertThat(redshift.columns()).containsExactly("id", "item");
        assertThat(redshift.copy()).isEqualTo("JSON 'auto' GZIP");
        assertThat(redshift.access().jdbcUrl())
                .isEqualTo("jdbc:redshift://shop.abc.us-east-1.redshift.amazonaws.com:5439/dev");
        assertThat(redshift.access().user()).isEqualTo("loader");
        assertThat(redshift.access().password()).isEqualTo("geheim-1");
        assertThat(redshift.retryDuration()).isEqualTo(Duration.ofSeconds(100));
        assertThat(redshift.iamRole()).isEqualTo("default");
        assertThat(redshift.ledgerTable()).isEqualTo("shop.orders_hydrant_ledger");
        assertThat(plan.sink().bucket()).isEqualTo("stage");
        assertThat(plan.sink().ledger().enabled()).isTrue();
        assertThat(plan.sink().format().compression()).isEqualTo(Compression.GZIP);
        assertThat(plan.sink().buffer().interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(plan.processing().appendNewline()).isTrue();
        assertThat(plan.backup().bucket()).isEqualTo("kept");
        assertThat(plan.notices())
                .anyMatch(
                        notice ->
                                notice.contains(
                                        "RedshiftDestinationConfiguration.RoleARN: is not given to COPY"));
    }

    @Test
    void reachesAClusterByTheDataApiWhereItIs() throws Exception {
        String document =
                DOCUMENT.replace("\"Password\": \"geheim-1\",", "")
                        .replace("shop.abc.us-east-1", "shop.abc.eu-west-1");

        DeliveryPlan plan =
                plan(document, "redshift.access=DATA_API", "redshift.endpoint=http://data");

        assertThat(plan.redshift().access().asksRedshift()).isTrue();
        assertThat(plan.redshift().access().toString())
                .isEqualTo("cluster shop, database dev (Data API) as loader");
        assertThat(plan.warehouseAws().region()).isEqualTo("eu-west-1");
        assertThat(plan.warehouseAws().endpoint().toString()).isEqualTo("http://data");
    }

    @Test
    void logsInWithTemporaryCredentialsWhereThePasswordIsLeftOut() throws Exception {
        DeliveryPlan plan =
                plan(
                        DOCUMENT.replace("\"Password\": \"geheim-1\",", ""),
                        "redshift.iam-authentication=true");

        assertThat(plan.redshift().access().password()).isNull();
        assertThat(plan.warehouseAws().region()).isEqualTo("us-east-1");
    }

    @Test
    void theAddressOfAPostgresqlMakesThatTheWarehouse() throws Exception {
        String document =
                DOCUMENT.replace(
                        "jdbc:redshift://shop.abc.us-east-1.redshift.amazonaws.com:5439/dev",
                        "jdbc:postgresql://db.example.com:5432/dev");
        DeliveryPlan plan = plan(document);

        assertThat(plan.redshift().access().dialect()).isEqualTo(Dialect.POSTGRESQL);
        assertThat(plan.redshift().access().jdbcUrl())
                .isEqualTo("jdbc:postgresql://db.example.com:5432/dev");
        assertThat(plan.notices())
                .anyMatch(
                        notice ->
                                notice.contains(
                                        "RedshiftDestinationConfiguration.RoleARN: is not needed"));
        assertThat(plan(document, "redshift.dialect=REDSHIFT").redshift().access().jdbcUrl())
                .isEqualTo("jdbc:redshift://db.example.com:5432/dev");
        assertThatThrownBy(() -> plan(document.replace("JSON 'auto' GZIP", "REMOVEQUOTES GZIP")))
                .hasMessageContaining(
                        "redshift.copy-options has REMOVEQUOTES, which does not go with PostgreSQL: say CSV");
    }

    @Test
    void thePlanShowsTheTableAndNoPassword() throws Exception {
        DeliveryPlan plan = plan(DOCUMENT);

        assertThat(PlanText.of(plan, Instant.EPOCH, UUID.randomUUID()))
                .contains(
                        "to               shop.orders, jdbc:redshift://shop.abc.us-east-1.redshift.amazonaws.com:5439/dev as loader",
                        "staged in        s3://stage",
                        "redshift.password",
                        "RedshiftDestinationConfiguration.CopyCommand.DataTableName")
                .doesNotContain("geheim");
        assertThat(plan.shownOptions().toString()).doesNotContain("geheim");
        assertThat(plan.toString()).doesNotContain("geheim");
    }

    @Test
    void recordsGoToFurtherTablesAsAQuerySays() throws Exception {
        DeliveryPlan plan =
                plan(
                        DOCUMENT.replace(
                                "\"DeliveryStreamName\"",
                                """
                                "Hydrant": {
                                  "redshift.route.query": "{destinationTableName: .kind}",
                                  "redshift.tables": [
                                    {"DataTableName": "shop.refunds", "DataTableColumns": "id"},
                                    {"DataTableName": "shop.returns"}]
                                },
                                "DeliveryStreamName\""""));

        assertThat(plan.redshift().ofEachTable())
                .extracting(RedshiftConfig::table)
                .containsExactly("shop.orders", "shop.refunds", "shop.returns");
        assertThat(plan.redshift().ofEachTable())
                .extracting(RedshiftConfig::columns)
                .containsExactly(List.of("id", "item"), List.of("id"), List.of());
        assertThat(plan.redshift().ofEachTable())
                .allMatch(each -> each.retryDuration().equals(Duration.ofSeconds(100)));
        assertThat(PlanText.of(plan, Instant.EPOCH, UUID.randomUUID()))
                .contains("shop.orders, shop.refunds, shop.returns, jdbc:redshift://")
                .doesNotContain("geheim");
        assertThat(plan.toString()).doesNotContain("geheim");
    }

    @Test
    void aSecretOfSecretsManagerTakesThePlaceOfUserAndPassword() throws Exception {
        String secret =
                DOCUMENT.replace("\"Username\": \"loader\",", "")
                        .replace(
                                "\"Password\": \"geheim-1\",",
                                """
                                "SecretsManagerConfiguration": {
                                  "Enabled": true,
                                  "SecretARN": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:wh",
                                  "RoleARN": "arn:aws:iam::111122223333:role/reads-secret"},
                                """);

        DeliveryPlan plan = plan(secret, "secretsmanager.endpoint=http://secrets");

        assertThat(plan.redshift().access().secretArn())
                .isEqualTo("arn:aws:secretsmanager:eu-west-1:111122223333:secret:wh");
        assertThat(plan.redshift().access().password()).isNull();
        assertThat(plan.warehouseAws().region()).isEqualTo("eu-west-1");
        assertThat(plan.warehouseAws().endpoint().toString()).isEqualTo("http://secrets");
        assertThat(plan.notices())
                .anyMatch(
                        notice ->
                                notice.startsWith(
                                        "RedshiftDestinationConfiguration.SecretsManagerConfiguration.RoleARN: is not assumed"));
    }

    @Test
    void aDescriptionIsReadAsWellAndThePasswordThatItNeverHasIsGivenBySet() throws Exception {
        String described =
                """
                {"DeliveryStreamDescription": {
                  "DeliveryStreamName": "orders", "VersionId": "3", "DeliveryStreamType": "KinesisStreamAsSource",
                  "Source": {"KinesisStreamSourceDescription": {
                    "KinesisStreamARN": "arn:aws:kinesis:us-east-1:111122223333:stream/orders"}},
                  "Destinations": [{"DestinationId": "1", "RedshiftDestinationDescription": {
                    "RoleARN": "arn:aws:iam::111122223333:role/writes",
                    "ClusterJDBCURL": "jdbc:postgresql://w.1.us-east-1.redshift-serverless.amazonaws.com:5439/dev",
                    "CopyCommand": {"DataTableName": "orders", "DataTableColumns": "", "CopyOptions": "CSV"},
                    "Username": "loader",
                    "RetryOptions": {"DurationInSeconds": 3600},
                    "S3DestinationDescription": {"BucketARN": "arn:aws:s3:::stage", "Prefix": "orders/",
                      "BufferingHints": {"SizeInMBs": 5, "IntervalInSeconds": 300},
                      "CompressionFormat": "UNCOMPRESSED",
                      "EncryptionConfiguration": {"NoEncryptionConfig": "NoEncryption"}},
                    "S3BackupMode": "Disabled",
                    "SecretsManagerConfiguration": {"Enabled": false},
                    "CloudWatchLoggingOptions": {"Enabled": false}}}]}}
                """;

        assertThatThrownBy(() -> plan(described))
                .hasMessageContaining("redshift.password is missing; Firehose never tells");
        RedshiftConfig redshift = plan(described, "redshift.password=geheim").redshift();
        assertThat(redshift.access().jdbcUrl())
                .isEqualTo(
                        "jdbc:redshift://w.1.us-east-1.redshift-serverless.amazonaws.com:5439/dev");
        assertThat(redshift.columns()).isEmpty();
        assertThat(
                        plan(described, "RedshiftDestinationConfiguration.Password=geheim")
                                .redshift()
                                .access()
                                .password())
                .isEqualTo("geheim");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "role/writes | rolle/writes | RedshiftDestinationConfiguration.RoleARN: \"arn:aws:iam::111122223333:rolle/writes\" is not allowed",
                "\"ClusterJDBCURL\": \"jdbc:redshift:// | \"ClusterJDBCURL\": \"jdbc:mysql:// | ClusterJDBCURL: (not shown) is not allowed; jdbc:redshift://<host>:<port>/<database>",
                "\"Username\": \"loader\" | \"Username\": \"\" | Username: \"\" has 0 characters; 1 to 512 are allowed",
                "geheim-1 | gehei | Password: (not shown) is not allowed; a text of 6 to 512 characters",
                "\"geheim-1\" | 1234567 | Password: (not shown) is not a text",
                "\"CopyCommand\" | \"CopyCommando\" | CopyCommand: is missing",
                "\"DataTableName\": \"shop.orders\", | `` | CopyCommand.DataTableName: is missing",
                "shop.orders | shop orders | redshift.table is 'shop orders'",
                "id, item | id, id | redshift.columns is 'id, id'; it names id twice",
                "JSON 'auto' GZIP | JSON 'auto' GZIP MANIFEST | CopyCommand.CopyOptions: CopyOptions has MANIFEST; leave it out: Hydrant adds it by itself",
                "JSON 'auto' GZIP | JSON 'auto' | redshift.copy-options says that objects are UNCOMPRESSED, but delivery.compression is GZIP",
                "\"DurationInSeconds\": 100 | \"DurationInSeconds\": 7201 | RetryOptions.DurationInSeconds: 7201 is not allowed; 0 to 7200",
                "\"CompressionFormat\": \"GZIP\" | \"CompressionFormat\": \"Snappy\" | S3Configuration.CompressionFormat: \"Snappy\" is not allowed for Redshift; UNCOMPRESSED or GZIP",
                "\"orders/\" | \"orders/!{timestamp:yyyy}/\" | S3Configuration.Prefix: \"orders/!{timestamp:yyyy}/\" holds an expression; for Redshift it must hold none",
                "\"Prefix\" | \"ErrorOutputPrefix\": \"x/\", \"Prefix\" | S3Configuration.ErrorOutputPrefix: is not allowed for Redshift",
                "\"S3Configuration\" | \"S3Konfiguration\" | S3Configuration: is missing",
                "\"S3BackupMode\": \"Enabled\" | \"S3BackupMode\": \"FailedDataOnly\" | S3BackupMode: \"FailedDataOnly\" is not allowed",
                "\"Username\" | \"SecretsManagerConfiguration\": {\"Enabled\": true, \"SecretARN\": \"arn:x\"}, \"Username\" | SecretsManagerConfiguration.SecretARN: \"arn:x\" is not allowed",
                "\"Username\" | \"SecretsManagerConfiguration\": {\"Enabled\": true}, \"Username\" | SecretsManagerConfiguration.SecretARN: is missing",
                "\"Username\" | \"SecretsManagerConfiguration\": {}, \"Username\" | SecretsManagerConfiguration.Enabled: is missing",
                "\"Username\" | \"SecretsManagerConfiguration\": {\"Enabled\": true, \"SecretARN\": \"arn:aws:secretsmanager:eu-west-1:111122223333:secret:wh\"}, \"Username\" | and redshift.user is given, too",
                "\"Username\" | \"BufferingHints\": {}, \"Username\" | BufferingHints: is not a field here",
            })
    void refusesWhatIsNotAllowed(String from, String to, String problem) {
        assertThat(DOCUMENT).contains(from);
        String changed = DOCUMENT.replaceFirst(Pattern.quote(from), to);

        assertThatThrownBy(() -> plan(changed))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"DataTableColumns | id, item", "CopyOptions | JSON 'auto' GZIP"})
    void refusesTextsOfCopyThatFirehoseFindsTooLong(String field, String given) throws IOException {
        String longest = given + " ".repeat(10_240 - given.length());

        assertThat(plan(DOCUMENT.replace(given, longest))).isNotNull();
        assertThatThrownBy(() -> plan(DOCUMENT.replace(given, longest + " ")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "CopyCommand." + field + ": ",
                        "has 10241 characters; 0 to 10240 are allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "ExtendedS3DestinationConfiguration, RedshiftDestinationConfiguration",
        "IcebergDestinationConfiguration, IcebergDestinationConfiguration"
    })
    void thereIsOneDestination(String other, String kept) {
        String two = DOCUMENT.replaceFirst("\"Redshift", "\"" + other + "\": {}, \"Redshift");

        assertThatThrownBy(() -> plan(two))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("stands beside " + kept + "; give one");
    }

    @Test
    void aRunWithAnEndAndAnIdMayReplaceTheTable() throws IOException {
        DeliveryPlan plan =
                plan(
                        DOCUMENT,
                        REPLACE,
                        "source.init.position=TRIM_HORIZON",
                        "source.end.position=NOW",
                        "replay.id=a");

        assertThat(plan.redshift().mode()).isEqualTo(LoadMode.REPLACE);
        assertThat(plan.deliveryStream()).isEqualTo("orders-replay-a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            textBlock =
                    """
                    redshift.retry-duration=5 s ! needs a run that ends: --from, with --replay-id
                    source.end.position=NOW ! needs an id of its own for each run: --replay-id
                    source.end.position=NOW|replay.id=a|replay.allow-overlap=true ! does not go with replay.allow-overlap
                    source.end.position=NOW|replay.id=a|ledger.enabled=false ! needs the ledger
                    """)
    void noOtherMay(String settings, String message) {
        List<String> all = new ArrayList<>(List.of(settings.split("[|]")));
        all.addAll(List.of(REPLACE, "source.init.position=TRIM_HORIZON"));

        assertThatThrownBy(() -> plan(DOCUMENT, all.toArray(new String[0])))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("redshift.load-mode: REPLACE " + message);
    }

    @Test
    void everyOperatorHasAUid() throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        DeliveryPipeline.of(plan(DOCUMENT)).addTo(env);

        assertThat(env.getStreamGraph().getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrder(
                        "kinesis",
                        "transform",
                        "source-backup",
                        "backup",
                        "Sink Committer: backup",
                        "redshift",
                        "Sink Committer: redshift");
    }

    private DeliveryPlan plan(String document, String... settings) throws IOException {
        Path file = folder.resolve("stream.json");
        Files.writeString(file, document);
        List<String> arguments = new ArrayList<>(List.of("--config", file.toString()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return DeliveryPlan.of(arguments);
    }
}
