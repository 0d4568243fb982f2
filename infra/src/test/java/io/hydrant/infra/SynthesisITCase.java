package io.hydrant.infra;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the templates that the CDK makes to what they may contain; every permission is written down
 * here.
 */
class SynthesisITCase {

    private static final String STREAM_KEY =
            "arn:aws:kms:eu-west-1:111122223333:key/aaaaaaaa-0000-0000-0000-000000000001";
    private static final String BUCKET_KEY =
            "arn:aws:kms:eu-west-1:111122223333:key/aaaaaaaa-0000-0000-0000-000000000002";

    /** Everything on Managed Service for Apache Flink. */
    private static final String MANAGED =
            """
            {
              "stream": {"name": "orders", "shards": 4, "retentionHours": 72,
                "kmsKeyArn": "%1$s",
                "alarmTopicArn": "arn:aws:sns:eu-west-1:111122223333:on-call"},
              "delivery": {"name": "orders", "retentionHours": 72,
                "streamArn": "arn:aws:kinesis:eu-west-1:111122223333:stream/orders",
                "streamKmsKeyArn": "%1$s", "fanOut": true,
                "bucket": "orders-lake", "bucketKmsKeyArn": "%2$s", "errorPrefix": "errors/",
                "functionArn": "arn:aws:lambda:eu-west-1:111122223333:function:clean",
                "glueTable": "lake/orders",
                "otherBuckets": ["orders-raw"], "tagsObjects": true,
                "runtime": {"codeBucket": "artifacts", "codeKey": "h/delivery-1.jar",
                            "properties": {"source.init.position": "TRIM_HORIZON"},
                  "configKey": "h/orders-1.json", "parallelism": 4, "parallelismPerKpu": 2}},
              "analytics": {"name": "scores", "kda": true,
                "inputArns": ["arn:aws:kinesis:eu-west-1:111122223333:stream/orders"],
                "outputArns": ["arn:aws:kinesis:eu-west-1:111122223333:stream/scores"],
                "kmsKeyArns": ["%1$s"],
                "runtime": {"codeBucket": "artifacts", "codeKey": "h/sql-1.jar",
                  "configKey": "h/scores-1.json"}},
              "warehouse": {"name": "orders", "bucket": "orders-lake", "prefix": "staged/",
                "bucketKmsKeyArn": "%2$s", "maxCapacity": 64}
            }
            """
                    .formatted(STREAM_KEY, BUCKET_KEY);

    /** What a cluster of one's own needs, with nothing said that has a default. */
    private static final String PLAIN =
            """
            {
              "stream": {"name": "orders"},
              "delivery": {"name": "orders", "fanOut": false,
                "streamArn": "arn:aws:kinesis:eu-west-1:111122223333:stream/orders",
                "bucket": "orders-lake"}
            }
            """;

    private static final String LOG =
            "arn:<Partition>:logs:<Region>:<AccountId>:log-group:/hydrant/";

    @TempDir private static Path managed;
    @TempDir private static Path plain;

    @BeforeAll
    static void synthesise() {
        Synthesis.synthesise(Deployment.parse(MANAGED), managed, "orders");
        Synthesis.synthesise(Deployment.parse(PLAIN), plain, "orders");
    }

    @Test
    void theManagedDeliveryMayDoThisAndNothingElse() throws Exception {
        String stream = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders";
        String glue = "arn:<Partition>:glue:<Region>:<AccountId>:";
        String viaS3 = BUCKET_KEY + " if StringEquals kms:ViaService s3.<Region>.<URLSuffix>";
        assertThat(template(managed, "delivery").permissions())
                .containsExactly(
                        "kinesis:DescribeStreamSummary " + stream,
                        "kinesis:ListShards " + stream,
                        "kinesis:GetShardIterator " + stream,
                        "kinesis:GetRecords " + stream,
                        "kinesis:RegisterStreamConsumer " + stream,
                        "kinesis:DescribeStreamConsumer " + stream + "/consumer/*",
                        "kinesis:DeregisterStreamConsumer " + stream + "/consumer/*",
                        "kinesis:SubscribeToShard " + stream + "/consumer/*",
                        "kms:Decrypt "
                                + STREAM_KEY
                                + " if StringEquals kms:ViaService kinesis.<Region>.<URLSuffix>",
                        "s3:ListBucket arn:<Partition>:s3:::orders-lake",
                        "s3:ListBucket arn:<Partition>:s3:::orders-raw",
                        "s3:ListBucketMultipartUploads arn:<Partition>:s3:::orders-lake",
                        "s3:ListBucketMultipartUploads arn:<Partition>:s3:::orders-raw",
                        "s3:PutObject arn:<Partition>:s3:::orders-lake/*",
                        "s3:PutObject arn:<Partition>:s3:::orders-raw/*",
                        "s3:GetObject arn:<Partition>:s3:::orders-lake/*",
                        "s3:GetObject arn:<Partition>:s3:::orders-raw/*",
                        "s3:DeleteObject arn:<Partition>:s3:::orders-lake/*",
                        "s3:DeleteObject arn:<Partition>:s3:::orders-raw/*",
                        "s3:AbortMultipartUpload arn:<Partition>:s3:::orders-lake/*",
                        "s3:AbortMultipartUpload arn:<Partition>:s3:::orders-raw/*",
                        "s3:PutObjectTagging arn:<Partition>:s3:::orders-lake/*",
                        "s3:PutObjectTagging arn:<Partition>:s3:::orders-raw/*",
                        "kms:GenerateDataKey " + viaS3,
                        "kms:Decrypt " + viaS3,
                        "lambda:InvokeFunction arn:aws:lambda:eu-west-1:111122223333:function:clean",
                        "glue:GetTable " + glue + "catalog",
                        "glue:GetTable " + glue + "database/lake",
                        "glue:GetTable " + glue + "table/lake/orders",
                        "glue:GetTableVersion " + glue + "catalog",
                        "glue:GetTableVersion " + glue + "database/lake",
                        "glue:GetTableVersion " + glue + "table/lake/orders",
                        "s3:GetObject arn:<Partition>:s3:::artifacts/h/delivery-1.jar",
                        "s3:GetObject arn:<Partition>:s3:::artifacts/h/orders-1.json",
                        "logs:DescribeLogStreams " + LOG + "orders",
                        "logs:DescribeLogStreams " + LOG + "orders:log-stream:flink",
                        "logs:PutLogEvents " + LOG + "orders",
                        "logs:PutLogEvents " + LOG + "orders:log-stream:flink");
    }

    @Test
    void aDeliveryElsewhereMayDoThisAndNothingElse() throws Exception {
        String stream = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders";
        assertThat(template(plain, "delivery").permissions())
                .containsExactly(
                        "kinesis:DescribeStreamSummary " + stream,
                        "kinesis:ListShards " + stream,
                        "kinesis:GetShardIterator " + stream,
                        "kinesis:GetRecords " + stream,
                        "s3:ListBucket arn:<Partition>:s3:::orders-lake",
                        "s3:ListBucketMultipartUploads arn:<Partition>:s3:::orders-lake",
                        "s3:PutObject arn:<Partition>:s3:::orders-lake/*",
                        "s3:GetObject arn:<Partition>:s3:::orders-lake/*",
                        "s3:DeleteObject arn:<Partition>:s3:::orders-lake/*",
                        "s3:AbortMultipartUpload arn:<Partition>:s3:::orders-lake/*",
                        "cloudwatch:PutMetricData * if StringEquals cloudwatch:namespace Hydrant");
    }

    @Test
    void theJobOfSqlMayDoThisAndNothingElse() throws Exception {
        String in = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders";
        String out = "arn:aws:kinesis:eu-west-1:111122223333:stream/scores";
        String viaKinesis =
                STREAM_KEY + " if StringEquals kms:ViaService kinesis.<Region>.<URLSuffix>";
        assertThat(template(managed, "analytics").permissions())
                .containsExactly(
                        "kinesis:DescribeStreamSummary " + in,
                        "kinesis:ListShards " + in,
                        "kinesis:GetShardIterator " + in,
                        "kinesis:GetRecords " + in,
                        "kinesis:DescribeStreamSummary " + out,
                        "kinesis:PutRecords " + out,
                        "kms:Decrypt " + viaKinesis,
                        "kms:GenerateDataKey " + viaKinesis,
                        "s3:GetObject arn:<Partition>:s3:::artifacts/h/sql-1.jar",
                        "s3:GetObject arn:<Partition>:s3:::artifacts/h/scores-1.json",
                        "logs:DescribeLogStreams " + LOG + "scores",
                        "logs:DescribeLogStreams " + LOG + "scores:log-stream:flink",
                        "logs:PutLogEvents " + LOG + "scores",
                        "logs:PutLogEvents " + LOG + "scores:log-stream:flink");
    }

    @Test
    void copyMayReadWhatIsStagedAndNothingElse() throws Exception {
        assertThat(template(managed, "warehouse").permissions())
                .containsExactly(
                        "s3:ListBucket arn:<Partition>:s3:::orders-lake if StringLike s3:prefix staged/*",
                        "s3:GetBucketLocation arn:<Partition>:s3:::orders-lake",
                        "s3:GetObject arn:<Partition>:s3:::orders-lake/staged/*",
                        "kms:Decrypt "
                                + BUCKET_KEY
                                + " if StringEquals kms:ViaService s3.<Region>.<URLSuffix>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "delivery", "analytics", "warehouse"})
    void noPermissionIsForAllActionsOrForAllThings(String stack) throws Exception {
        for (Path folder : List.of(managed, plain)) {
            if (!folder.resolve(file(stack)).toFile().exists()) {
                continue;
            }
            for (String line : template(folder, stack).permissions()) {
                String[] parts = line.split(" ", 3);
                assertThat(parts[0]).as(line).doesNotContain("*");
                // PutMetricData is the one action here that knows no resource; a namespace limits
                // it.
                if (!parts[0].equals("cloudwatch:PutMetricData")) {
                    assertThat(parts[1])
                            .as(line)
                            .matches("arn:[^*?]+:[^*?]+/\\*|arn:[^*?]+:[^*?]+");
                }
            }
        }
    }

    @Test
    void rolesAreForOneServiceOfThisAccount() throws Exception {
        for (String stack : List.of("delivery", "analytics", "warehouse")) {
            JsonNode trust =
                    template(managed, stack)
                            .only("AWS::IAM::Role")
                            .at("/AssumeRolePolicyDocument/Statement");
            assertThat(trust).hasSize(1);
            assertThat(trust.at("/0/Principal/Service").asText())
                    .isEqualTo(
                            stack.equals("warehouse")
                                    ? "redshift-serverless.amazonaws.com"
                                    : "kinesisanalytics.amazonaws.com");
            assertThat(Templates.text(trust.at("/0/Condition/StringEquals/aws:SourceAccount")))
                    .isEqualTo("<AccountId>");
        }
    }

    @Test
    void theStreamIsEncryptedAndHasTheShardsAndTheRetentionAskedFor() throws Exception {
        JsonNode provisioned = template(managed, "stream").only("AWS::Kinesis::Stream");
        assertThat(provisioned.at("/StreamModeDetails/StreamMode").asText())
                .isEqualTo("PROVISIONED");
        assertThat(provisioned.path("ShardCount").asInt()).isEqualTo(4);
        assertThat(provisioned.path("RetentionPeriodHours").asInt()).isEqualTo(72);
        assertThat(provisioned.at("/StreamEncryption/KeyId").asText()).isEqualTo(STREAM_KEY);

        JsonNode onDemand = template(plain, "stream").only("AWS::Kinesis::Stream");
        assertThat(onDemand.at("/StreamModeDetails/StreamMode").asText()).isEqualTo("ON_DEMAND");
        assertThat(onDemand.has("ShardCount")).isFalse();
        assertThat(onDemand.at("/StreamEncryption/EncryptionType").asText()).isEqualTo("KMS");
        assertThat(onDemand.at("/StreamEncryption/KeyId").asText()).isEqualTo("alias/aws/kinesis");
    }

    @Test
    void theBucketIsPrivateEncryptedAndKeepsUploadsAsLongAsTheStreamKeepsRecords()
            throws Exception {
        JsonNode bucket = template(managed, "delivery").only("AWS::S3::Bucket");
        assertThat(
                        bucket.at("/BucketEncryption/ServerSideEncryptionConfiguration/0")
                                .at("/ServerSideEncryptionByDefault/KMSMasterKeyID")
                                .asText())
                .isEqualTo(BUCKET_KEY);
        assertThat(bucket.path("PublicAccessBlockConfiguration"))
                .hasSize(4)
                .allMatch(JsonNode::asBoolean);
        assertThat(
                        bucket.at(
                                        "/LifecycleConfiguration/Rules/0/AbortIncompleteMultipartUpload/DaysAfterInitiation")
                                .asInt())
                .isEqualTo(8);
        assertThat(bucket.at("/LifecycleConfiguration/Rules")).hasSize(1);
        assertThat(bucket.at("/MetricsConfigurations/0/Prefix").asText()).isEqualTo("errors/");
        JsonNode policy =
                template(managed, "delivery")
                        .only("AWS::S3::BucketPolicy")
                        .at("/PolicyDocument/Statement");
        assertThat(policy).hasSize(1);
        assertThat(policy.at("/0/Effect").asText()).isEqualTo("Deny");
        assertThat(policy.at("/0/Condition/Bool/aws:SecureTransport").asText()).isEqualTo("false");
    }

    @Test
    void whatHoldsDataStaysWhenItsStackGoes() throws Exception {
        assertThat(
                        List.of(
                                template(plain, "stream").all("AWS::Kinesis::Stream").get(0),
                                template(plain, "delivery").all("AWS::S3::Bucket").get(0),
                                template(managed, "warehouse")
                                        .all("AWS::RedshiftServerless::Namespace")
                                        .get(0)))
                .allSatisfy(
                        resource ->
                                assertThat(resource.path("DeletionPolicy").asText())
                                        .isEqualTo("Retain"));
    }

    @Test
    void theManagedJobRunsOnFlink23WithItsConfigurationAndGoesOnFromItsSnapshot() throws Exception {
        JsonNode application =
                template(managed, "delivery").only("AWS::KinesisAnalyticsV2::Application");
        assertThat(application.path("RuntimeEnvironment").asText()).isEqualTo("FLINK-2_3");
        JsonNode configuration = application.path("ApplicationConfiguration");
        assertThat(
                        configuration
                                .at(
                                        "/ApplicationCodeConfiguration/CodeContent/S3ContentLocation/FileKey")
                                .asText())
                .isEqualTo("h/delivery-1.jar");
        assertThat(configuration.at("/EnvironmentProperties/PropertyGroups").toString())
                .isEqualTo(
                        "[{\"PropertyGroupId\":\"HydrantDelivery\",\"PropertyMap\":{\"config\":\"s3://artifacts/h/orders-1.json\",\"source.init.position\":\"TRIM_HORIZON\"}}]");
        assertThat(
                        configuration
                                .at(
                                        "/FlinkApplicationConfiguration/ParallelismConfiguration/Parallelism")
                                .asInt())
                .isEqualTo(4);
        assertThat(
                        configuration
                                .at("/ApplicationSnapshotConfiguration/SnapshotsEnabled")
                                .asBoolean())
                .isTrue();
        assertThat(
                        application
                                .at(
                                        "/RunConfiguration/ApplicationRestoreConfiguration/ApplicationRestoreType")
                                .asText())
                .isEqualTo("RESTORE_FROM_LATEST_SNAPSHOT");
        assertThat(
                        template(managed, "analytics")
                                .only("AWS::KinesisAnalyticsV2::Application")
                                .at(
                                        "/ApplicationConfiguration/EnvironmentProperties/PropertyGroups")
                                .toString())
                .isEqualTo(
                        "[{\"PropertyGroupId\":\"HydrantSql\",\"PropertyMap\":{\"kda\":\"s3://artifacts/h/scores-1.json\"}}]");
    }

    @Test
    void alarmsWatchTheMetricsThatAreWrittenWhereTheJobRuns() throws Exception {
        assertThat(alarms(plain, "delivery"))
                .containsExactlyInAnyOrder(
                        "AWS/Kinesis GetRecords.IteratorAgeMilliseconds > 300000 notBreaching",
                        "AWS/Kinesis ReadProvisionedThroughputExceeded > 0 notBreaching",
                        "Hydrant DeliveryToS3.DataFreshness > 900 breaching",
                        "Hydrant ErrorOutputToS3.Records > 0 notBreaching");
        assertThat(alarms(managed, "delivery"))
                .containsExactlyInAnyOrder(
                        "AWS/Kinesis SubscribeToShardEvent.MillisBehindLatest > 300000 notBreaching",
                        "AWS/Kinesis ReadProvisionedThroughputExceeded > 0 notBreaching",
                        "AWS/KinesisAnalytics numRestarts > 0 notBreaching",
                        "AWS/KinesisAnalytics numberOfFailedCheckpoints > 0 notBreaching",
                        "AWS/S3 PutRequests > 0 notBreaching");
        assertThat(alarms(managed, "stream"))
                .containsExactly("AWS/Kinesis WriteProvisionedThroughputExceeded > 0 notBreaching");
        assertThat(
                        template(managed, "stream")
                                .only("AWS::CloudWatch::Alarm")
                                .at("/AlarmActions/0")
                                .asText())
                .isEqualTo("arn:aws:sns:eu-west-1:111122223333:on-call");
    }

    @Test
    void theDashboardShowsTheMetricsOfTheReporter() throws Exception {
        String body =
                Templates.text(
                        template(plain, "delivery")
                                .only("AWS::CloudWatch::Dashboard")
                                .path("DashboardBody"));
        assertThat(body)
                .contains(
                        "DeliveryToS3.DataFreshness",
                        "DeliveryToS3.Records",
                        "DataReadFromKinesisStream.Bytes",
                        "ErrorOutputToS3.Records");
    }

    @Test
    void theWarehouseHasNoPublicAddressAndKeepsItsPasswordItself() throws Exception {
        JsonNode workgroup =
                template(managed, "warehouse").only("AWS::RedshiftServerless::Workgroup");
        assertThat(workgroup.path("PubliclyAccessible").asBoolean(true)).isFalse();
        assertThat(workgroup.path("MaxCapacity").asInt()).isEqualTo(64);
        JsonNode namespace =
                template(managed, "warehouse").only("AWS::RedshiftServerless::Namespace");
        assertThat(namespace.path("ManageAdminPassword").asBoolean()).isTrue();
        assertThat(namespace.has("AdminUserPassword")).isFalse();
    }

    /** Longer ones would have to lie in a bucket before CloudFormation takes them. */
    @Test
    void templatesAreShortEnoughForOneRequest() {
        assertThat(List.of("stream", "delivery", "analytics", "warehouse"))
                .allSatisfy(
                        stack ->
                                assertThat(managed.resolve(file(stack)).toFile().length())
                                        .isBetween(1L, 51_200L));
    }

    private static List<String> alarms(Path folder, String stack) throws Exception {
        return template(folder, stack).all("AWS::CloudWatch::Alarm").stream()
                .map(alarm -> alarm.path("Properties"))
                .map(
                        alarm ->
                                alarm.path("Namespace").asText()
                                        + " "
                                        + alarm.path("MetricName").asText()
                                        + " > "
                                        + alarm.path("Threshold").asText()
                                        + " "
                                        + alarm.path("TreatMissingData").asText())
                .toList();
    }

    private static Templates template(Path folder, String stack) throws Exception {
        return Templates.read(folder.resolve(file(stack)));
    }

    private static String file(String stack) {
        return "orders-" + stack + ".template.json";
    }
}
