package io.hydrant.infra.stack;

import io.hydrant.infra.DeliveryProps;
import io.hydrant.infra.FlinkRuntime;

import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What roles may do: the calls that the jobs make, each on the one thing that it is made on.
 *
 * <p>Source: Service authorization reference, for each action the resources that it knows.
 */
final class Statements {

    private Statements() {}

    /** Reading a stream, by polling and by enhanced fan-out. */
    static List<PolicyStatement> readStream(String streamArn, boolean fanOut) {
        List<PolicyStatement> statements = new ArrayList<>();
        statements.add(
                allow(
                        "ReadStream",
                        List.of(
                                "kinesis:DescribeStreamSummary",
                                "kinesis:ListShards",
                                "kinesis:GetShardIterator",
                                "kinesis:GetRecords"),
                        streamArn));
        if (fanOut) {
            statements.add(allow("Register", List.of("kinesis:RegisterStreamConsumer"), streamArn));
            statements.add(
                    allow(
                            "Subscribe",
                            List.of(
                                    "kinesis:DescribeStreamConsumer",
                                    "kinesis:DeregisterStreamConsumer",
                                    "kinesis:SubscribeToShard"),
                            // A consumer's ARN ends with the time at which it was registered.
                            streamArn + "/consumer/*"));
        }
        return statements;
    }

    static PolicyStatement writeStream(String streamArn) {
        return allow(
                "WriteStream",
                List.of("kinesis:DescribeStreamSummary", "kinesis:PutRecords"),
                streamArn);
    }

    /** Delivering to buckets: objects, multipart uploads, the ledger. */
    static List<PolicyStatement> deliver(List<String> buckets, boolean tagsObjects) {
        List<String> actions =
                new ArrayList<>(
                        List.of(
                                "s3:PutObject",
                                "s3:GetObject",
                                "s3:DeleteObject",
                                "s3:AbortMultipartUpload"));
        if (tagsObjects) {
            actions.add("s3:PutObjectTagging");
        }
        String[] arns = buckets.stream().map(Statements::bucketArn).toArray(String[]::new);
        String[] objects = Stream.of(arns).map(arn -> arn + "/*").toArray(String[]::new);
        return List.of(
                allow(
                        "ListBucket",
                        List.of("s3:ListBucket", "s3:ListBucketMultipartUploads"),
                        arns),
                allow("WriteObjects", actions, objects));
    }

    /** A key, and only by way of the service whose data it encrypts. */
    static PolicyStatement useKey(String id, String keyArn, String service, List<String> actions) {
        PolicyStatement statement = allow(id, actions, keyArn);
        statement.addCondition(
                "StringEquals",
                Map.of("kms:ViaService", service + "." + Aws.REGION + "." + Aws.URL_SUFFIX));
        return statement;
    }

    static PolicyStatement invoke(String functionArn) {
        return allow("Transform", List.of("lambda:InvokeFunction"), functionArn);
    }

    /** The columns of a table, of its newest or of a certain version. */
    static PolicyStatement readTable(String glueTable) {
        String glue = "arn:" + Aws.PARTITION + ":glue:" + Aws.REGION + ":" + Aws.ACCOUNT_ID;
        String database = glueTable.substring(0, glueTable.indexOf('/'));
        return allow(
                "ReadTable",
                List.of("glue:GetTable", "glue:GetTableVersion"),
                glue + ":catalog",
                glue + ":database/" + database,
                glue + ":table/" + glueTable);
    }

    /** PutMetricData knows no resource but *, so that the namespace limits it. */
    static PolicyStatement putMetrics(String namespace) {
        PolicyStatement statement = allow("PutMetrics", List.of("cloudwatch:PutMetricData"), "*");
        statement.addCondition("StringEquals", Map.of("cloudwatch:namespace", namespace));
        return statement;
    }

    /**
     * What Managed Service for Apache Flink needs of an application's role: its code, its
     * configuration, its log.
     *
     * @param logGroupArn the log group, without :* at its end
     */
    static List<PolicyStatement> runManaged(FlinkRuntime runtime, String logGroupArn) {
        String code = bucketArn(runtime.codeBucket()) + "/";
        return List.of(
                allow(
                        "ReadCode",
                        List.of("s3:GetObject"),
                        code + runtime.codeKey(),
                        code + runtime.configKey()),
                allow(
                        "WriteLog",
                        List.of("logs:DescribeLogStreams", "logs:PutLogEvents"),
                        logGroupArn,
                        logGroupArn + ":log-stream:" + FlinkApplication.LOG_STREAM));
    }

    /** Everything that the job of a delivery does. */
    static List<PolicyStatement> delivery(DeliveryProps props) {
        List<PolicyStatement> statements =
                new ArrayList<>(readStream(props.streamArn(), props.fanOut()));
        if (props.streamKmsKeyArn() != null) {
            statements.add(
                    useKey(
                            "DecryptStream",
                            props.streamKmsKeyArn(),
                            "kinesis",
                            List.of("kms:Decrypt")));
        }
        List<String> buckets = new ArrayList<>(List.of(props.bucket()));
        buckets.addAll(props.otherBuckets());
        statements.addAll(deliver(buckets, props.tagsObjects()));
        if (props.bucketKmsKeyArn() != null) {
            // Decrypt, because S3 asks for it when a multipart upload goes on.
            statements.add(
                    useKey(
                            "EncryptObjects",
                            props.bucketKmsKeyArn(),
                            "s3",
                            List.of("kms:GenerateDataKey", "kms:Decrypt")));
        }
        if (props.functionArn() != null) {
            statements.add(invoke(props.functionArn()));
        }
        if (props.glueTable() != null) {
            statements.add(readTable(props.glueTable()));
        }
        return statements;
    }

    static String bucketArn(String bucket) {
        return "arn:" + Aws.PARTITION + ":s3:::" + bucket;
    }

    static PolicyStatement allow(String id, List<String> actions, String... resources) {
        return PolicyStatement.Builder.create()
                .sid(id)
                .effect(Effect.ALLOW)
                .actions(actions)
                .resources(List.of(resources))
                .build();
    }
}
