package io.hydrant.infra.stack;

import io.hydrant.infra.DeliveryProps;
import io.hydrant.infra.FlinkRuntime;

import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.BucketMetrics;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A delivery stream: the bucket, the role of the job, the job itself where Managed Service for
 * Apache Flink runs it, alarms and a dashboard.
 *
 * <p>The bucket stays when the stack goes.
 */
public final class DeliveryStack extends Stack {

    /** Property group that the delivery job reads. */
    static final String PROPERTY_GROUP = "HydrantDelivery";

    /** Requests for error objects. */
    static final String ERROR_FILTER = "errors";

    /** In an app. */
    public DeliveryStack(Construct scope, String id, StackProps stack, DeliveryProps props) {
        super(scope, id, stack);
        if (props.makesBucket()) {
            bucket(props);
        }
        List<PolicyStatement> permissions = new ArrayList<>(Statements.delivery(props));
        String roleArn;
        FlinkRuntime runtime = props.runtime();
        if (runtime != null) {
            FlinkApplication application =
                    new FlinkApplication(
                            this,
                            "Job",
                            props.name(),
                            runtime,
                            permissions,
                            PROPERTY_GROUP,
                            Map.of(
                                    "config",
                                    "s3://" + runtime.codeBucket() + "/" + runtime.configKey()));
            roleArn = application.roleArn();
            output("ApplicationName", application.applicationName());
        } else {
            permissions.add(Statements.putMetrics(props.metricsNamespace()));
            roleArn = role(props, permissions).getRoleArn();
        }
        output("RoleArn", roleArn);
        output("BucketName", props.bucket());
        new DeliveryWatch(this, props);
    }

    private void bucket(DeliveryProps props) {
        boolean hasKey = props.bucketKmsKeyArn() != null;
        Bucket bucket =
                Bucket.Builder.create(this, "Bucket")
                        .bucketName(props.bucket())
                        .encryption(hasKey ? BucketEncryption.KMS : BucketEncryption.S3_MANAGED)
                        .encryptionKey(
                                hasKey
                                        ? Key.fromKeyArn(this, "BucketKey", props.bucketKmsKeyArn())
                                        : null)
                        .bucketKeyEnabled(hasKey)
                        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                        .enforceSsl(true)
                        .removalPolicy(RemovalPolicy.RETAIN)
                        .lifecycleRules(
                                List.of(
                                        LifecycleRule.builder()
                                                .id("abandoned-uploads")
                                                .enabled(true)
                                                .abortIncompleteMultipartUploadAfter(
                                                        Duration.days(props.abandonedUploadDays()))
                                                .build()))
                        .build();
        if (props.errorPrefix() != null) {
            bucket.addMetric(
                    BucketMetrics.builder().id(ERROR_FILTER).prefix(props.errorPrefix()).build());
        }
    }

    private Role role(DeliveryProps props, List<PolicyStatement> permissions) {
        IPrincipal runsAs =
                props.runsAs() == null
                        ? new AccountRootPrincipal()
                        : new ArnPrincipal(props.runsAs());
        return Role.Builder.create(this, "Role")
                .assumedBy(runsAs)
                .inlinePolicies(
                        Map.of(
                                "job",
                                PolicyDocument.Builder.create().statements(permissions).build()))
                .build();
    }

    private void output(String name, String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}
