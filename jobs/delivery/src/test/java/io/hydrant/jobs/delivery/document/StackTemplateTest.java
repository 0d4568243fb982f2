package io.hydrant.jobs.delivery.document;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StackTemplateTest {

    private final Problems problems = new Problems();

    @Test
    void readsTheDeliveryStreamOfATemplateLikeTheInputOfCreateDeliveryStream() {
        JsonDocument document =
                template(
                        """
                        "Bucket": {"Type": "AWS::S3::Bucket"},
                        "Orders": {"Type": "AWS::KinesisFirehose::DeliveryStream", "Properties": %s}
                        """
                                .formatted(Documents.resource("create-delivery-stream.json")));

        FirehoseDelivery delivery = FirehoseDocument.read(document, problems);

        assertThat(problems.all()).isEmpty();
        assertThat(delivery)
                .isEqualTo(FirehoseDocument.read(Documents.create(), new Problems()))
                .isNotNull();
    }

    @Test
    void takesTheOptionsThatStandBesideTheResources() {
        JsonDocument document =
                JsonDocument.parse(
                        "t.json",
                        """
                        {"Hydrant": {"aws.region": "eu-west-1"},
                         "Resources": {"O": {"Type": "AWS::KinesisFirehose::DeliveryStream"}}}""");

        assertThat(FirehoseDocument.hydrantOptions(document, problems))
                .containsEntry("aws.region", "eu-west-1");
    }

    @Test
    void saysWhichValuesOnlyCloudFormationKnowsAndTakesThemFromElsewhere() {
        JsonDocument document =
                template(
                        """
                        "Orders": {"Type": "AWS::KinesisFirehose::DeliveryStream", "Properties": %s}
                        """
                                .formatted(Documents.resource("create-delivery-stream.json")));
        String role = "ExtendedS3DestinationConfiguration.RoleARN";
        Documents.with(document, role, "{\"Fn::GetAtt\": [\"Role\", \"Arn\"]}");
        Documents.with(
                document, "ExtendedS3DestinationConfiguration.BufferingHints", "{\"Ref\": \"H\"}");

        FirehoseDocument.read(document, problems);
        assertThat(problems.all())
                .containsExactlyInAnyOrder(
                        role
                                + ": is Fn::GetAtt, which only CloudFormation resolves; put the value in its place, or give it with --set "
                                + role
                                + "=VALUE",
                        "ExtendedS3DestinationConfiguration.BufferingHints: is Ref, which only CloudFormation resolves; put the value in its place, or give it with --set ExtendedS3DestinationConfiguration.BufferingHints=VALUE");

        Problems none = new Problems();
        document.set(role, "arn:aws:iam::123456789012:role/delivery", "--set", none);
        document.set(
                "ExtendedS3DestinationConfiguration.BufferingHints",
                "{\"SizeInMBs\": 5, \"IntervalInSeconds\": 60}",
                "--set",
                none);
        assertThat(FirehoseDocument.read(document, none)).isNotNull();
        assertThat(none.all()).isEmpty();
    }

    @Test
    void refusesATemplateThatDoesNotHaveOneDeliveryStream() {
        assertThatThrownBy(() -> template("\"Bucket\": {\"Type\": \"AWS::S3::Bucket\"}"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("Resources has no AWS::KinesisFirehose::DeliveryStream");
        String two =
                """
                "A": {"Type": "AWS::KinesisFirehose::DeliveryStream"},
                "B": {"Type": "AWS::KinesisFirehose::DeliveryStream"}
                """;
        assertThatThrownBy(() -> template(two))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "Resources has 2 delivery streams, A, B; leave the one in that is to be delivered");
    }

    @Test
    void readsATemplateOfYamlWithFunctionsInTheirShortForm() {
        JsonDocument document =
                JsonDocument.parse(
                        "s3://templates/Orders.YAML",
                        """
                        AWSTemplateFormatVersion: 2010-09-09
                        Parameters:
                          Retries: {Type: Number, Default: 3}
                        Resources:
                          Lake:
                            Type: AWS::S3::Bucket
                          Orders:
                            Type: AWS::KinesisFirehose::DeliveryStream
                            DependsOn: [Lake]
                            Condition: IsLive
                            Properties:
                              DeliveryStreamName: 2026
                              DeliveryStreamType: KinesisStreamAsSource
                              KinesisStreamSourceConfiguration:
                                KinesisStreamARN: !GetAtt Stream.Arn   # only CloudFormation knows
                                RoleARN: !Ref AWS::NoValue
                              ExtendedS3DestinationConfiguration: &destination
                                BucketARN: !Sub 'arn:aws:s3:::${Lake}'
                                BufferingHints: {SizeInMBs: '64', IntervalInSeconds: 60}
                                CompressionFormat: GZIP
                                Prefix: >-
                                  in/!{partitionKeyFromQuery:id}/
                                ErrorOutputPrefix: "err/!{firehose:error-output-type}/"
                                DynamicPartitioningConfiguration: {Enabled: yes}
                                ProcessingConfiguration:
                                  Enabled: "true"
                                  Processors:
                                    - Type: Lambda
                                      Parameters:
                                        - {ParameterName: LambdaArn, ParameterValue: 'arn:aws:lambda:eu-west-1:111122223333:function:f'}
                                        - {ParameterName: BufferSizeInMBs, ParameterValue: 0.5}
                                        - {ParameterName: NumberOfRetries, ParameterValue: 3}
                                        - !Ref AWS::NoValue
                                    - Type: MetadataExtraction
                                      Parameters:
                                        - ParameterName: MetadataExtractionQuery
                                          ParameterValue: |
                                            {id: .id}
                                        - {ParameterName: JsonParsingEngine, ParameterValue: JQ-1.6}
                        Hydrant:
                          aws.region: eu-west-1
                          parallelism: 2
                        """);
        FirehoseDocument.read(document, problems);
        assertThat(problems.all())
                .containsExactlyInAnyOrder(
                        "KinesisStreamSourceConfiguration.KinesisStreamARN: is Fn::GetAtt, which only CloudFormation resolves; put the value in its place, or give it with --set KinesisStreamSourceConfiguration.KinesisStreamARN=VALUE",
                        "ExtendedS3DestinationConfiguration.BucketARN: is Fn::Sub, which only CloudFormation resolves; put the value in its place, or give it with --set ExtendedS3DestinationConfiguration.BucketARN=VALUE");

        Problems none = new Problems();
        document.set(
                "KinesisStreamSourceConfiguration.KinesisStreamARN",
                "arn:aws:kinesis:eu-west-1:111122223333:stream/orders",
                "--set",
                none);
        document.set(
                "ExtendedS3DestinationConfiguration.BucketARN", "arn:aws:s3:::lake", "--set", none);
        FirehoseDelivery delivery = FirehoseDocument.read(document, none);
        assertThat(none.all()).isEmpty();
        assertThat(delivery.streamName()).isEqualTo("2026");
        assertThat(delivery.destination().bufferMegabytes()).isEqualTo(64);
        assertThat(delivery.destination().bufferSeconds()).isEqualTo(60);
        assertThat(delivery.destination().prefix()).isEqualTo("in/!{partitionKeyFromQuery:id}/");
        assertThat(delivery.destination().dynamicPartitioning()).isTrue();
        assertThat(delivery.destination().processors().query()).isEqualTo("{id: .id}\n");
        assertThat(delivery.destination().processors().lambda().retries()).isEqualTo(3);
        assertThat(delivery.destination().processors().lambda().bufferBytes()).isEqualTo(524_288);
        assertThat(FirehoseDocument.hydrantOptions(document, none))
                .containsEntry("aws.region", "eu-west-1")
                .containsEntry("parallelism", "2");
    }

    @Test
    void keepsTypesApartNoMoreThanCloudFormationDoes() {
        JsonDocument document =
                template(
                        """
                        "Orders": {"Type": "AWS::KinesisFirehose::DeliveryStream", "Properties": %s}
                        """
                                .formatted(Documents.resource("create-delivery-stream.json"))
                                .replace(
                                        "\"BucketARN\"",
                                        "\"BufferingHints\": {\"SizeInMBs\": \"7\", \"IntervalInSeconds\": \"x\"}, \"DynamicPartitioningConfiguration\": {\"Enabled\": \"false\"}, \"S3BackupConfiguration\": {\"Ref\": \"AWS::NoValue\"}, \"BucketARN\""));

        FirehoseDelivery delivery = FirehoseDocument.read(document, problems);

        assertThat(problems.all())
                .containsExactly(
                        "ExtendedS3DestinationConfiguration.BufferingHints.IntervalInSeconds: \"x\" is not a whole number; 0 to 900");
        assertThat(delivery.destination().bufferMegabytes()).isEqualTo(7);
        assertThat(delivery.destination().dynamicPartitioning()).isFalse();
    }

    private static JsonDocument template(String resources) {
        return JsonDocument.parse("t.json", "{\"Resources\": {" + resources + "}}");
    }
}
