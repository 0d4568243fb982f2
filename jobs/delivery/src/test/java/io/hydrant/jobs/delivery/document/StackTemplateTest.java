package io.hydrant.jobs.delivery.document;

import io.hydrant.template.GivenText;
import io.hydrant.template.UnknownValue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

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
                        "There are 2 delivery streams, A, B; say with --set Resource=NAME which is to be delivered");
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

    private static final String PARAMETERS =
            """
            {"Parameters": {
               "Stage": {"Type": "String", "Default": "test", "AllowedValues": ["test", "live"]},
               "Size": {"Type": "Number", "Default": 7},
               "Account": {"Type": "String"},
               "Parts": {"Type": "CommaDelimitedList", "Default": "one, two"},
               "Elsewhere": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/lake/bucket"}},
             "Mappings": {"Hints": {"test": {"Seconds": 60}, "live": {"Seconds": 300}}},
             "Conditions": {
               "IsLive": {"Fn::Equals": [{"Ref": "Stage"}, "live"]},
               "IsTest": {"Fn::Not": [{"Condition": "IsLive"}]},
               "IsMine": {"Fn::Equals": [{"Ref": "Account"}, "111122223333"]},
               "IsEither": {"Fn::Or": [{"Condition": "IsMine"}, {"Condition": "IsTest"}]},
               "IsBoth": {"Fn::And": [{"Condition": "IsMine"}, {"Condition": "IsLive"}]},
               "IsRound": {"Fn::Not": [{"Condition": "IsRound"}]}},
             "Resources": {
               "Lake": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": "lake-${Stage}"}}},
               "Nameless": {"Type": "AWS::S3::Bucket"},
               "Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "r", "Path": "/hydrant/"}},
               "In": {"Type": "AWS::Kinesis::Stream", "Properties": {"Name": "in"}},
               "Orders": {"Type": "AWS::KinesisFirehose::DeliveryStream", "Properties": {"V": %s}}}}
            """;

    /** Each value with what it is; where it is not known, with what could be set for it. */
    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'Ref': 'Stage'} | `` | test",
                "{'Ref': 'Stage'} | Stage=live | live",
                "{'Ref': 'Size'} | `` | 7",
                "{'Ref': 'Account'} | `` | ? Ref Parameters.Account",
                "{'Ref': 'Elsewhere'} | `` | ? Ref Parameters.Elsewhere",
                "{'Ref': 'Elsewhere'} | Elsewhere=b | b",
                "{'Ref': 'AWS::Region'} | `` | ? Ref Parameters.AWS::Region",
                "{'Ref': 'AWS::Region'} | AWS::Region=eu-west-1 | eu-west-1",
                "{'Ref': 'Lake'} | `` | lake-test",
                "{'Ref': 'Nameless'} | `` | ? Ref",
                "{'Ref': 'Nobody'} | `` | ? Ref",
                "{'Fn::GetAtt': ['Lake', 'Arn']} | Stage=live | arn:aws:s3:::lake-live",
                "{'Fn::GetAtt': 'Lake.Arn'} | AWS::Partition=aws-cn | arn:aws-cn:s3:::lake-test",
                "{'Fn::GetAtt': ['Nameless', 'Arn']} | `` | ? Fn::GetAtt",
                "{'Fn::GetAtt': ['Lake', 'DomainName']} | `` | ? Fn::GetAtt",
                "{'Fn::GetAtt': ['In', 'Arn']} | `` | ? Fn::GetAtt Parameters.AWS::AccountId Parameters.AWS::Region",
                "{'Fn::GetAtt': ['In', 'Arn']} | AWS::AccountId=1;AWS::Region=r | arn:aws:kinesis:r:1:stream/in",
                "{'Fn::GetAtt': ['Role', 'Arn']} | AWS::AccountId=1 | arn:aws:iam::1:role/hydrant/r",
                "{'Fn::Sub': '${Lake.Arn}/${!Literal}/!{timestamp:yyyy}/${ Size }'} | `` | arn:aws:s3:::lake-test/${Literal}/!{timestamp:yyyy}/7",
                "{'Fn::Sub': ['${a}-${Stage}', {'a': {'Ref': 'Size'}}]} | `` | 7-test",
                "{'Fn::Sub': '${Account}/$5'} | `` | ? Fn::Sub Parameters.Account",
                "{'Fn::Join': ['-', ['a', {'Ref': 'Stage'}]]} | `` | a-test",
                "{'Fn::Join': ['-', {'Ref': 'Parts'}]} | `` | one-two",
                "{'Fn::Join': ['-', ['a', {'Ref': 'Account'}]]} | `` | ? Fn::Join Parameters.Account",
                "{'Fn::Select': [1, {'Ref': 'Parts'}]} | `` | two",
                "{'Fn::Select': ['9', {'Ref': 'Parts'}]} | `` | ? Fn::Select",
                "{'Fn::Select': [0, {'Fn::Split': ['.', 'x.y']}]} | `` | x",
                "{'Fn::FindInMap': ['Hints', {'Ref': 'Stage'}, 'Seconds']} | Stage=live | 300",
                "{'Fn::FindInMap': ['Hints', 'none', 'Seconds']} | `` | ? Fn::FindInMap",
                "{'Fn::FindInMap': ['Hints', 'none', 'Seconds', {'DefaultValue': 1}]} | `` | 1",
                "{'Fn::Base64': 'x'} | `` | eA==",
                "{'Fn::If': ['IsLive', 'a', 'b']} | `` | b",
                "{'Fn::If': ['IsLive', 'a', {'Ref': 'Stage'}]} | Stage=live | a",
                "{'Fn::If': ['IsTest', {'Ref': 'Size'}, 'b']} | `` | 7",
                "{'Fn::If': ['IsMine', 'a', 'b']} | `` | ? Fn::If Parameters.Account",
                "{'Fn::If': ['IsMine', 'a', 'b']} | Account=111122223333 | a",
                "{'Fn::If': ['IsEither', 'a', 'b']} | `` | a",
                "{'Fn::If': ['IsBoth', 'a', 'b']} | `` | b",
                "{'Fn::If': ['IsBoth', 'a', 'b']} | Stage=live | ? Fn::If Parameters.Account",
                "{'Fn::If': ['IsRound', 'a', 'b']} | `` | ? Fn::If",
                "{'Fn::If': ['IsNowhere', 'a', 'b']} | `` | ? Fn::If",
                "{'Fn::If': ['IsLive', 'a', {'Ref': 'AWS::NoValue'}]} | `` | -",
                "{'Fn::ImportValue': 'x'} | `` | ? Fn::ImportValue",
            })
    void resolvesWhatTheTemplateSays(String value, String settings, String expected) {
        Map<String, String> given =
                Arrays.stream(settings.split(";"))
                        .filter(each -> !each.isEmpty())
                        .map(each -> each.split("="))
                        .collect(
                                Collectors.toMap(each -> "Parameters." + each[0], each -> each[1]));

        JsonNode resolved =
                JsonDocument.parse("t.json", PARAMETERS.formatted(value.replace('\'', '"')), given)
                        .root()
                        .path("V");

        UnknownValue unknown = UnknownValue.in(resolved);
        String text = resolved.isMissingNode() ? "-" : GivenText.in(resolved);
        assertThat(
                        unknown == null
                                ? text
                                : ("? "
                                                + unknown.reason().split("[ ,]", -1)[1]
                                                + " "
                                                + unknown.parameters().stream()
                                                        .map("Parameters."::concat)
                                                        .collect(Collectors.joining(" ")))
                                        .strip())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Parameters.Stag | x | --set Parameters.Stag: the template has no such parameter; did you mean 'Stage'?",
                "Parameters.Stage | prod | --set Parameters.Stage: 'prod' is not allowed; test or live",
                "Resource | Refunds | --set Resource: 'Refunds' is no delivery stream there; Orders",
            })
    void refusesASettingThatTheTemplateHasNoPlaceFor(String key, String value, String problem) {
        assertThatThrownBy(
                        () ->
                                JsonDocument.parse(
                                        "t.json", PARAMETERS.formatted("1"), Map.of(key, value)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void takesTheDeliveryStreamThatIsNamedOrThatAloneIsMade() {
        String two =
                """
                {"Parameters": {"Stage": {"Type": "String", "Default": "live"}},
                 "Conditions": {"IsLive": {"Fn::Equals": [{"Ref": "Stage"}, "live"]},
                                "IsTest": {"Fn::Equals": [{"Ref": "Stage"}, "test"]}},
                 "Resources": {
                   "A": {"Type": "AWS::KinesisFirehose::DeliveryStream", "Condition": "IsLive", "Properties": {"V": "a"}},
                   "B": {"Type": "AWS::KinesisFirehose::DeliveryStream", "Condition": "IsTest", "Properties": {"V": "b"}}}}
                """;

        assertThat(valueIn(JsonDocument.parse("t.json", two))).isEqualTo("a");
        assertThat(valueIn(JsonDocument.parse("t.json", two, Map.of("Parameters.Stage", "test"))))
                .isEqualTo("b");
        String both = two.replace("\"Condition\": \"IsTest\"", "\"Condition\": \"IsLive\"");
        JsonDocument named = JsonDocument.parse("t.json", both, Map.of("Resource", "B"));
        assertThat(valueIn(named)).isEqualTo("b");
        assertThat(named.hasTaken("Resource")).isTrue();
        assertThat(named.hasTaken("DeliveryStreamName")).isFalse();
    }

    @Test
    void saysWhichParametersAValueWants() {
        JsonDocument document =
                template(
                        """
                        "Lake": {"Type": "AWS::S3::Bucket"},
                        "Orders": {"Type": "AWS::KinesisFirehose::DeliveryStream", "Properties": %s}
                        """
                                .formatted(
                                        Documents.resource("create-delivery-stream.json")
                                                .replace(
                                                        "\"RoleARN\"",
                                                        "\"Prefix\": {\"Fn::Sub\": \"${AWS::StackName}/${AWS::Region}/\"}, \"RoleARN\"")));

        FirehoseDocument.read(document, problems);

        assertThat(problems.all())
                .contains(
                        "ExtendedS3DestinationConfiguration.Prefix: is Fn::Sub, which only CloudFormation resolves; put the value in its place, or give it with --set ExtendedS3DestinationConfiguration.Prefix=VALUE, or what it stands for with --set Parameters.AWS::Region=VALUE --set Parameters.AWS::StackName=VALUE");
    }

    private static final String MADE_UP =
            """
            "Lake": {"Type": "AWS::S3::Bucket"},
            "Orders": {"Type": "AWS::KinesisFirehose::DeliveryStream", "Properties": {
              "ExtendedS3DestinationConfiguration": {
                "BucketARN": {"Fn::GetAtt": ["Lake", "Arn"]},
                "RoleARN": {"Fn::GetAtt": ["Role", "Arn"]},
                "Prefix": {"Ref": "Unknown"},
                "S3BackupMode": "Enabled",
                "S3BackupConfiguration": {
                  "BucketARN": {"Fn::GetAtt": ["Copies", "Arn"]}, "RoleARN": {"Fn::GetAtt": ["Role", "Arn"]}},
                "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "Lambda", "Parameters": [
                  {"ParameterName": "LambdaArn", "ParameterValue": {"Fn::GetAtt": ["Clean", "Arn"]}},
                  {"ParameterName": "RoleArn", "ParameterValue": {"Fn::GetAtt": ["Role", "Arn"]}}]}]}}}}
            """;

    @Test
    void asksForEachNameThatCloudFormationWouldMakeUpOnce() {
        FirehoseDocument.read(template(MADE_UP), problems);

        String s3 = "ExtendedS3DestinationConfiguration";
        String parameters = s3 + ".ProcessingConfiguration.Processors[0].Parameters";
        assertThat(problems.all())
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "DeliveryStreamName",
                        s3 + ".BucketARN",
                        s3 + ".RoleARN",
                        s3 + ".Prefix",
                        s3 + ".S3BackupConfiguration.BucketARN",
                        s3 + ".S3BackupConfiguration.RoleARN",
                        parameters + "[0].ParameterValue",
                        parameters + "[1].ParameterValue");
        assertThat(problems.all())
                .contains(
                        "DeliveryStreamName: is missing, and CloudFormation would make one up; put the value in its place, or give it with --set DeliveryStreamName=VALUE");
    }

    @Test
    void hasStandInsForNamesButNotForWhatCountsWhereItIsOnlyTried() {
        Problems tried = Problems.withStandIns();

        FirehoseDocument.read(template(MADE_UP), tried);

        assertThat(tried.all())
                .singleElement()
                .asString()
                .startsWith("ExtendedS3DestinationConfiguration.Prefix: is Ref");
        assertThat(tried.standIns())
                .contains(
                        "DeliveryStreamName: is missing, and CloudFormation would make one up; unnamed stands in",
                        "ExtendedS3DestinationConfiguration.BucketARN: is Fn::GetAtt, which only CloudFormation resolves; arn:aws:s3:::extendeds3destinationconfiguration stands in",
                        "ExtendedS3DestinationConfiguration.S3BackupConfiguration.BucketARN: is Fn::GetAtt, which only CloudFormation resolves; arn:aws:s3:::s3backupconfiguration stands in",
                        "ExtendedS3DestinationConfiguration.ProcessingConfiguration.Processors[0].Parameters[0].ParameterValue: is Fn::GetAtt, which only CloudFormation resolves; arn:aws:lambda:us-east-1:000000000000:function:unnamed stands in");
    }

    @Test
    void hasStandInsForAClusterWhereItIsOnlyTried() {
        Problems tried = Problems.withStandIns();

        FirehoseDocument.read(
                template(
                        """
                        "Orders": {"Type": "AWS::KinesisFirehose::DeliveryStream", "Properties": {
                          "DeliveryStreamName": "orders",
                          "RedshiftDestinationConfiguration": {
                            "ClusterJDBCURL": {"Fn::Sub": "jdbc:redshift://${Cluster.Endpoint.Address}:5439/dev"},
                            "RoleARN": {"Fn::GetAtt": ["Role", "Arn"]},
                            "Username": {"Ref": "User"}, "Password": {"Ref": "Password"},
                            "CopyCommand": {"DataTableName": "orders"},
                            "S3Configuration": {"BucketARN": "arn:aws:s3:::stage", "RoleARN": {"Fn::GetAtt": ["Role", "Arn"]}}}}}
                        """),
                tried);

        assertThat(tried.all()).isEmpty();
        assertThat(tried.standIns()).hasSize(5);
    }

    @Test
    void readsTheOneNameThatCloudFormationSpellsOtherwise() {
        JsonNode root =
                template(
                                """
                                "O": {"Type": "AWS::KinesisFirehose::DeliveryStream", "Properties": {"IcebergDestinationConfiguration": {"CatalogConfiguration": {"CatalogArn": "arn:aws:glue:eu-west-1:111122223333:catalog"}}}}
                                """)
                        .root();

        assertThat(
                        GivenText.in(
                                root.at(
                                        "/IcebergDestinationConfiguration/CatalogConfiguration/CatalogARN")))
                .isEqualTo("arn:aws:glue:eu-west-1:111122223333:catalog");
    }

    private static String valueIn(JsonDocument document) {
        return GivenText.in(document.root().get("V"));
    }
}
