package io.hydrant.infra.stack;

import io.hydrant.infra.FlinkRuntime;

import software.amazon.awscdk.Aws;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kinesisanalyticsv2.CfnApplication;
import software.amazon.awscdk.services.kinesisanalyticsv2.CfnApplicationCloudWatchLoggingOption;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.logs.CfnLogStream;
import software.constructs.Construct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A job on Managed Service for Apache Flink, with its role and its log.
 *
 * <p>It begins with the snapshot that the service took last, so that changing the stack loses and
 * doubles nothing; a snapshot whose operators do not fit fails the update, which is rolled back.
 * CloudFormation makes applications and does not start them.
 */
final class FlinkApplication extends Construct {

    static final String LOG_STREAM = "flink";

    /** As often as the jobs do where Flink is told nothing. */
    private static final long CHECKPOINT_MILLIS = 10_000;

    private static final long CHECKPOINT_PAUSE_MILLIS = 1_000;

    private final Role role;
    private final CfnApplication application;

    /**
     * In a stack.
     *
     * @param name the application's name
     * @param permissions what the job does
     * @param group the property group that the job reads
     * @param properties what is in it, beside the runtime's own
     */
    FlinkApplication(
            Construct scope,
            String id,
            String name,
            FlinkRuntime runtime,
            List<PolicyStatement> permissions,
            String group,
            Map<String, String> properties) {
        super(scope, id);
        String logGroup = "/hydrant/" + name;
        CfnLogGroup log =
                CfnLogGroup.Builder.create(this, "Log")
                        .logGroupName(logGroup)
                        .retentionInDays(runtime.logRetentionDays())
                        .build();
        log.applyRemovalPolicy(RemovalPolicy.RETAIN);
        CfnLogStream stream =
                CfnLogStream.Builder.create(this, "LogStream")
                        .logGroupName(log.getRef())
                        .logStreamName(LOG_STREAM)
                        .build();
        String logGroupArn =
                "arn:"
                        + Aws.PARTITION
                        + ":logs:"
                        + Aws.REGION
                        + ":"
                        + Aws.ACCOUNT_ID
                        + ":log-group:"
                        + logGroup;
        List<PolicyStatement> all = new ArrayList<>(permissions);
        all.addAll(Statements.runManaged(runtime, logGroupArn));
        role =
                Role.Builder.create(this, "Role")
                        .assumedBy(
                                ServicePrincipal.Builder.create("kinesisanalytics.amazonaws.com")
                                        // No other account's application gets this role.
                                        .conditions(
                                                Map.of(
                                                        "StringEquals",
                                                        Map.of(
                                                                "aws:SourceAccount",
                                                                Aws.ACCOUNT_ID)))
                                        .build())
                        .inlinePolicies(
                                Map.of(
                                        "job",
                                        PolicyDocument.Builder.create().statements(all).build()))
                        .build();
        application =
                CfnApplication.Builder.create(this, "Application")
                        .applicationName(name)
                        .applicationMode("STREAMING")
                        .runtimeEnvironment(FlinkRuntime.VERSION)
                        .serviceExecutionRole(role.getRoleArn())
                        .applicationConfiguration(
                                configuration(runtime, group, merged(runtime, properties)))
                        .runConfiguration(
                                CfnApplication.RunConfigurationProperty.builder()
                                        .applicationRestoreConfiguration(
                                                CfnApplication
                                                        .ApplicationRestoreConfigurationProperty
                                                        .builder()
                                                        .applicationRestoreType(
                                                                "RESTORE_FROM_LATEST_SNAPSHOT")
                                                        .build())
                                        .flinkRunConfiguration(
                                                CfnApplication.FlinkRunConfigurationProperty
                                                        .builder()
                                                        .allowNonRestoredState(false)
                                                        .build())
                                        .build())
                        .build();
        CfnApplicationCloudWatchLoggingOption logging =
                CfnApplicationCloudWatchLoggingOption.Builder.create(this, "Logging")
                        .applicationName(application.getRef())
                        .cloudWatchLoggingOption(
                                CfnApplicationCloudWatchLoggingOption
                                        .CloudWatchLoggingOptionProperty.builder()
                                        .logStreamArn(logGroupArn + ":log-stream:" + LOG_STREAM)
                                        .build())
                        .build();
        logging.getNode().addDependency(stream);
    }

    private static Map<String, String> merged(
            FlinkRuntime runtime, Map<String, String> properties) {
        Map<String, String> all = new TreeMap<>(runtime.properties());
        all.putAll(properties);
        return all;
    }

    private static CfnApplication.ApplicationConfigurationProperty configuration(
            FlinkRuntime runtime, String group, Map<String, String> properties) {
        return CfnApplication.ApplicationConfigurationProperty.builder()
                .applicationCodeConfiguration(
                        CfnApplication.ApplicationCodeConfigurationProperty.builder()
                                .codeContentType("ZIPFILE")
                                .codeContent(
                                        CfnApplication.CodeContentProperty.builder()
                                                .s3ContentLocation(
                                                        CfnApplication.S3ContentLocationProperty
                                                                .builder()
                                                                .bucketArn(
                                                                        Statements.bucketArn(
                                                                                runtime
                                                                                        .codeBucket()))
                                                                .fileKey(runtime.codeKey())
                                                                .build())
                                                .build())
                                .build())
                .environmentProperties(
                        CfnApplication.EnvironmentPropertiesProperty.builder()
                                .propertyGroups(
                                        List.of(
                                                CfnApplication.PropertyGroupProperty.builder()
                                                        .propertyGroupId(group)
                                                        .propertyMap(properties)
                                                        .build()))
                                .build())
                .applicationSnapshotConfiguration(
                        CfnApplication.ApplicationSnapshotConfigurationProperty.builder()
                                .snapshotsEnabled(true)
                                .build())
                .applicationSystemRollbackConfiguration(
                        CfnApplication.ApplicationSystemRollbackConfigurationProperty.builder()
                                .rollbackEnabled(true)
                                .build())
                .flinkApplicationConfiguration(flink(runtime))
                .build();
    }

    private static CfnApplication.FlinkApplicationConfigurationProperty flink(
            FlinkRuntime runtime) {
        return CfnApplication.FlinkApplicationConfigurationProperty.builder()
                .checkpointConfiguration(
                        CfnApplication.CheckpointConfigurationProperty.builder()
                                .configurationType("CUSTOM")
                                .checkpointingEnabled(true)
                                .checkpointInterval(CHECKPOINT_MILLIS)
                                .minPauseBetweenCheckpoints(CHECKPOINT_PAUSE_MILLIS)
                                .build())
                .monitoringConfiguration(
                        CfnApplication.MonitoringConfigurationProperty.builder()
                                .configurationType("CUSTOM")
                                .logLevel("INFO")
                                .metricsLevel("APPLICATION")
                                .build())
                .parallelismConfiguration(
                        CfnApplication.ParallelismConfigurationProperty.builder()
                                .configurationType("CUSTOM")
                                .parallelism(runtime.parallelism())
                                .parallelismPerKpu(runtime.parallelismPerKpu())
                                .autoScalingEnabled(runtime.autoScaling())
                                .build())
                .build();
    }

    String roleArn() {
        return role.getRoleArn();
    }

    /** The application's name, once it is there. */
    String applicationName() {
        return application.getRef();
    }
}
