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

    private static JsonDocument template(String resources) {
        return JsonDocument.parse("t.json", "{\"Resources\": {" + resources + "}}");
    }
}
