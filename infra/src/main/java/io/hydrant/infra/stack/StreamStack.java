package io.hydrant.infra.stack;

import io.hydrant.infra.StreamProps;

import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.kinesis.CfnStream;
import software.constructs.Construct;

/** A Kinesis stream, encrypted, kept when the stack goes, and an alarm for producers held back. */
public final class StreamStack extends Stack {

    private static final Duration PERIOD = Duration.minutes(1);
    private static final int PERIODS = 5;

    /** In an app. */
    public StreamStack(Construct scope, String id, StackProps stack, StreamProps props) {
        super(scope, id, stack);
        CfnStream stream =
                CfnStream.Builder.create(this, "Stream")
                        .name(props.name())
                        .retentionPeriodHours(props.retentionHours())
                        .shardCount(props.shards())
                        .streamModeDetails(
                                CfnStream.StreamModeDetailsProperty.builder()
                                        .streamMode(
                                                props.shards() == null
                                                        ? "ON_DEMAND"
                                                        : "PROVISIONED")
                                        .build())
                        .streamEncryption(
                                CfnStream.StreamEncryptionProperty.builder()
                                        .encryptionType("KMS")
                                        .keyId(
                                                props.kmsKeyArn() == null
                                                        ? "alias/aws/kinesis"
                                                        : props.kmsKeyArn())
                                        .build())
                        .build();
        stream.applyRemovalPolicy(software.amazon.awscdk.RemovalPolicy.RETAIN);
        new Alarms(this, props.alarmTopicArn())
                .above(
                        "WritesThrottled",
                        "Producers of "
                                + props.name()
                                + " are held back: the stream has too few shards, or a key is hot",
                        Metrics.ofStream(
                                "WriteProvisionedThroughputExceeded", props.name(), "Sum", PERIOD),
                        0,
                        PERIODS);
        CfnOutput.Builder.create(this, "StreamName").value(stream.getRef()).build();
        CfnOutput.Builder.create(this, "StreamArn").value(stream.getAttrArn()).build();
    }
}
