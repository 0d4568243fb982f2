package io.hydrant.infra.stack;

import io.hydrant.infra.AnalyticsProps;
import io.hydrant.infra.FlinkRuntime;

import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A job of SQL on Managed Service for Apache Flink: a script, or an application of Kinesis Data
 * Analytics.
 */
public final class AnalyticsStack extends Stack {

    /** Property group that the job of SQL reads. */
    static final String PROPERTY_GROUP = "HydrantSql";

    private static final int PERIODS = 5;

    /** In an app. */
    public AnalyticsStack(Construct scope, String id, StackProps stack, AnalyticsProps props) {
        super(scope, id, stack);
        FlinkRuntime runtime = props.runtime();
        FlinkApplication application =
                new FlinkApplication(
                        this,
                        "Job",
                        props.name(),
                        runtime,
                        permissions(props),
                        PROPERTY_GROUP,
                        Map.of(
                                props.kda() ? "kda" : "script",
                                "s3://" + runtime.codeBucket() + "/" + runtime.configKey()));
        Duration minute = Duration.minutes(1);
        Alarms alarms = new Alarms(this, props.alarmTopicArn());
        alarms.above(
                "Restarts",
                props.name() + " fails and starts again",
                Metrics.ofApplication("numRestarts", props.name(), "Maximum", minute),
                0,
                PERIODS);
        alarms.above(
                "Checkpoints",
                props.name() + " fails to make checkpoints",
                Metrics.ofApplication("numberOfFailedCheckpoints", props.name(), "Maximum", minute),
                0,
                PERIODS);
        CfnOutput.Builder.create(this, "ApplicationName")
                .value(application.applicationName())
                .build();
        CfnOutput.Builder.create(this, "RoleArn").value(application.roleArn()).build();
    }

    private static List<PolicyStatement> permissions(AnalyticsProps props) {
        List<PolicyStatement> statements = new ArrayList<>();
        props.inputArns().forEach(arn -> statements.addAll(Statements.readStream(arn, false)));
        props.outputArns().forEach(arn -> statements.add(Statements.writeStream(arn)));
        props.kmsKeyArns()
                .forEach(
                        arn ->
                                statements.add(
                                        Statements.useKey(
                                                "UseStreamKey",
                                                arn,
                                                "kinesis",
                                                List.of("kms:Decrypt", "kms:GenerateDataKey"))));
        return statements;
    }
}
