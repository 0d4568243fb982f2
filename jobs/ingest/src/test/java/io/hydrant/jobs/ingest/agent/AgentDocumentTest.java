package io.hydrant.jobs.ingest.agent;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.CredentialsProviderKind;
import io.hydrant.jobs.ingest.convert.AddEc2Metadata;
import io.hydrant.jobs.ingest.convert.AddMetadata;
import io.hydrant.jobs.ingest.convert.CsvToJson;
import io.hydrant.jobs.ingest.convert.LogToJson;
import io.hydrant.jobs.ingest.convert.SingleLine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AgentDocumentTest {

    private static final String FLOW =
            "\"filePattern\": \"/tmp/app.log*\", \"kinesisStream\": \"orders\"";

    @Test
    void readsAFileAsTheAgentShipsIt() {
        AgentDocument document =
                parse(
                        """
                        {
                          // where metrics go
                          "cloudwatch.emitMetrics": true,
                          "cloudwatch.endpoint": "https://monitoring.us-west-2.amazonaws.com",
                          "checkpointFile": "/tmp/checkpoints",
                          "kinesis.endpoint": "kinesis.us-west-2.amazonaws.com",
                          "firehose.endpoint": "",
                          "awsAccessKeyId": "AKID",
                          "awsSecretAccessKey": "very-secret",
                          "flows": [
                            {
                              "filePattern": "/tmp/one.log*",
                              "initialPosition": "START_OF_FILE",
                              "kinesisStream": "one",
                              "maxBufferAgeMillis": "2000",
                              "dataProcessingOptions": [
                                {"optionName": "SINGLELINE"},
                                {"optionName": "CSVTOJSON", "customFieldNames": ["a", "b"], "delimiter": "\\\\t"}
                              ]
                            },
                            {
                              "filePattern": "/tmp/two.log",
                              "kinesisStream": "two",
                              "partitionKeyOption": "DETERMINISTIC",
                              "dataProcessingOptions": [
                                {"optionName": "LOGTOJSON", "logFormat": "COMMONAPACHELOG"},
                                {"optionName": "ADDMETADATA", "timestamp": "true", "metadata": {"host": "a"}}
                              ]
                            }
                          ]
                        }
                        """);

        AwsClientConfig aws = AwsClientConfig.from(document.options());
        assertThat(aws.endpoint()).hasToString("https://kinesis.us-west-2.amazonaws.com");
        assertThat(aws.region()).isEqualTo("us-west-2");
        assertThat(aws.credentials().kind()).isEqualTo(CredentialsProviderKind.BASIC);
        assertThat(document.flows()).hasSize(2);
        AgentFlow one = document.flows().get(0);
        assertThat(one.tail().directory()).isEqualTo("/tmp");
        assertThat(one.tail().glob()).isEqualTo("one.log*");
        assertThat(one.tail().fromStart()).isTrue();
        assertThat(one.buffer().ageMillis()).isEqualTo(2000);
        assertThat(one.conversions()).hasExactlyElementsOfTypes(SingleLine.class, CsvToJson.class);
        AgentFlow two = document.flows().get(1);
        assertThat(two.partitionKey()).isEqualTo(AgentFlow.PartitionKeyOption.DETERMINISTIC);
        assertThat(two.conversions()).hasExactlyElementsOfTypes(LogToJson.class, AddMetadata.class);
        assertThat(document.notices())
                .anyMatch(notice -> notice.startsWith("cloudwatch.emitMetrics: has no effect"))
                .anyMatch(notice -> notice.startsWith("checkpointFile: has no effect"));
    }

    @Test
    void hasTheAgentsDefaults() {
        AgentFlow flow = parse("{\"flows\": [{" + FLOW + "}]}").flows().get(0);

        assertThat(flow.id()).isEqualTo("kinesis:orders:/tmp/app.log*");
        assertThat(flow.partitionKey()).isEqualTo(AgentFlow.PartitionKeyOption.RANDOM);
        assertThat(flow.terminator()).isEqualTo("\n");
        assertThat(flow.conversions()).isEmpty();
        assertThat(flow.buffer())
                .isEqualTo(new AgentFlow.Buffer(60_000, 500, 5 * 1024 * 1024, 100, 10_000, 0));
        assertThat(flow.tail().fromStart()).isFalse();
        assertThat(flow.tail().recordStart()).isNull();
        assertThat(flow.tail().footer()).isNull();
        assertThat(flow.tail().headerLines()).isZero();
        assertThat(flow.tail().pollMillis()).isEqualTo(100);
        assertThat(flow.tail().refreshMillis()).isEqualTo(10_000);
        assertThat(flow.tail().bufferBytes()).isEqualTo(5 * 1024 * 1024);
        assertThat(flow.tail().openFiles()).isEqualTo(512);
    }

    @Test
    void takesHydrantsOptionsAndThoseOfTheCommandLineBeforeThem() {
        AgentDocument document =
                AgentDocument.parse(
                        "agent.json",
                        "{\"Hydrant\": {\"ingest.open-files.max\": 7, \"aws.region\": \"eu-west-1\","
                                + " \"sink.producer-identity.enabled\": true}, \"flows\": [{"
                                + FLOW
                                + "}]}",
                        Map.of("aws.region", "eu-west-2"));

        assertThat(document.flows().get(0).tail().openFiles()).isEqualTo(7);
        assertThat(document.options().toMap())
                .containsEntry("aws.region", "eu-west-2")
                .containsEntry("sink.producer-identity.enabled", "true");
    }

    @Test
    void takesTheMetadataOfEc2AsTheAgentDoes() {
        AgentDocument document =
                parse(
                        "{\"flows\": [{"
                                + FLOW
                                + ", \"dataProcessingOptions\": [{\"optionName\": \"ADDEC2METADATA\","
                                + " \"logFormat\": \"RFC3339SYSLOG\", \"metadataTTL\": 60}]}]}");

        assertThat(document.flows().get(0).conversions())
                .hasExactlyElementsOfTypes(AddEc2Metadata.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"maxBufferAgeMilis\": 1 | flows[0].maxBufferAgeMilis: is not a field here; did you mean 'maxBufferAgeMillis'?",
                "\"maxBufferAgeMillis\": 999 | flows[0].maxBufferAgeMillis: '999' is not allowed; a whole number from 1000 to 900000",
                "\"maxBufferSizeRecords\": 501 | flows[0].maxBufferSizeRecords: '501' is not allowed; a whole number from 1 to 500",
                "\"maxBufferSizeBytes\": 5242881 | '5242881' is not allowed",
                "\"skipHeaderLines\": \"two\" | flows[0].skipHeaderLines: 'two' is not allowed",
                "\"initialPosition\": \"END\" | flows[0].initialPosition: 'END' is not allowed; [START_OF_FILE, END_OF_FILE]",
                "\"partitionKeyOption\": \"HASH\" | 'HASH' is not allowed; [RANDOM, DETERMINISTIC]",
                "\"multiLineStartPattern\": \"[\" | flows[0].multiLineStartPattern: '[' is no regular expression",
                "\"retryMaxBackoffMillis\": 1 | is shorter than retryInitialBackoffMillis",
                "\"deliveryStream\": \"x\" | flows[0].deliveryStream: is there beside kinesisStream; a flow has one of them",
                "\"aggregatedRecordSizeBytes\": 1024001 | flows[0].aggregatedRecordSizeBytes: '1024001' is not allowed; a whole number from 0 to 1024000",
                "\"dataProcessingOptions\": [{}] | flows[0].dataProcessingOptions[0].optionName: is missing",
                "\"dataProcessingOptions\": [{\"optionName\": \"XML\"}] | dataProcessingOptions[0].optionName: 'XML' is not allowed",
                "\"dataProcessingOptions\": [{\"optionName\": \"CSVTOJSON\"}] | customFieldNames: is missing",
                "\"dataProcessingOptions\": [{\"optionName\": \"LOGTOJSON\"}] | logFormat: is missing",
                "\"dataProcessingOptions\": [{\"optionName\": \"LOGTOJSON\", \"logFormat\": \"SYSLOG\", \"matchPattern\": \"(a)\"}] | customFieldNames: is missing",
                "\"dataProcessingOptions\": [{\"optionName\": \"LOGTOJSON\", \"logFormat\": \"SYSLOG\", \"customFieldNames\": [\"a\"]}] | There are 1 field names for 5 groups",
                "\"dataProcessingOptions\": [{\"optionName\": \"ADDEC2METADATA\", \"metadataTTL\": 0}] | metadataTTL: '0' is not allowed; a whole number from 1",
                "\"dataProcessingOptions\": [{\"optionName\": \"ADDEC2METADATA\", \"metadata\": 0}] | metadata",
                "\"dataProcessingOptions\": [{\"optionName\": \"USINGPLUGGIN\"}] | USINGPLUGGIN loads classes made for the agent",
                "\"dataProcessingOptions\": [{\"optionName\": \"SINGLELINE\", \"parseOptions\": [\"X\"]}] | parseOptions: 'X' is not allowed",
            })
    void refusesInAFlow(String field, String message) {
        assertThatThrownBy(() -> parse("{\"flows\": [{" + FLOW + ", " + field + "}]}"))
                .isInstanceOf(AgentConfigurationException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | flows: has no flow",
                "[] | is not a JSON object",
                "{ | is not JSON at line 1",
                "{\"flow\": []} | flow: is not a field here; did you mean 'flows'?",
                "{\"maxBufferAgeMillis\": 1000} | maxBufferAgeMillis: is not a field here, but one of a flow, and the agent does not see it here",
                "{\"flows\": [{\"kinesisStream\": \"a\", \"filePattern\": \"/opt/*/app.log\"}]} | flows[0].filePattern: '/opt/*/app.log' has a pattern in its directory",
                "{\"flows\": [{\"kinesisStream\": \"a\", \"filePattern\": \"/opt/{a,b}/app.log\"}]} | give each directory a flow",
                "{\"flows\": [{}]} | flows[0].kinesisStream: is missing",
                "{\"flows\": [{}]} | flows[0].filePattern: is missing",
                "{\"flows\": [{\"kinesisStream\": \"a\", \"filePattern\": \"app.log\"}]} | needs a directory and a pattern",
                "{\"flows\": [{\"kinesisStream\": \"a\", \"filePattern\": \"logs/app.log\"}]} | must begin at the root",
                "{\"flows\": [{\"kinesisStream\": \"a b\", \"filePattern\": \"/tmp/app.log\"}]} | 'a b' is not the name of a stream",
                "{\"flows\": [{\"deliveryStream\": \"a b\", \"filePattern\": \"/tmp/app.log\"}]} | 'a b' is not the name of a delivery stream",
                "{\"flows\": [{\"deliveryStream\": \"a\", \"filePattern\": \"/tmp/a\", \"maxBufferSizeBytes\": 4194305}]} | '4194305' is not allowed; a whole number from 1 to 4194304",
                "{\"flows\": [{\"deliveryStream\": \"a\", \"filePattern\": \"/tmp/a\"}]} | firehose.endpoint: is missing or names no region, and no aws.region is given",
                "{\"awsAccessKeyId\": \"AKID\"} | awsSecretAccessKey: is missing",
                "{\"userDefinedCredentialsProvider.classname\": \"x\"} | is the agent's, but not built",
                "{\"Hydrant\": {\"aws.regin\": \"x\"}} | Hydrant:",
                "{\"Hydrant\": {\"ingest.open-files.max\": \"many\"}} | Hydrant.ingest.open-files.max: 'many' is not allowed",
                "{\"Hydrant\": {\"ingest.open-files.max\": 0}} | Hydrant.ingest.open-files.max: 0 is not allowed; at least 1",
            })
    void refuses(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(AgentConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsAFlowToADeliveryStream() {
        AgentDocument document =
                parse(
                        """
                        {
                          "kinesis.endpoint": "kinesis.us-west-2.amazonaws.com",
                          "firehose.endpoint": "firehose.eu-west-1.amazonaws.com",
                          "flows": [{
                            "filePattern": "/tmp/app.log*",
                            "deliveryStream": "orders",
                            "partitionKeyOption": "RANDOM",
                            "aggregatedRecordSizeBytes": 5000
                          }],
                          "Hydrant": {"sink.producer-identity.enabled": true}
                        }
                        """);

        AgentFlow flow = document.flows().get(0);
        assertThat(flow.service()).isEqualTo(AgentFlow.Service.FIREHOSE);
        assertThat(flow.stream()).isEqualTo("orders");
        assertThat(flow.id()).isEqualTo("firehose:orders:/tmp/app.log*");
        assertThat(flow.buffer())
                .isEqualTo(new AgentFlow.Buffer(60_000, 500, 4 * 1024 * 1024, 100, 10_000, 5_000));
        assertThat(document.firehose().endpoint())
                .hasToString("https://firehose.eu-west-1.amazonaws.com");
        assertThat(document.firehose().region()).isEqualTo("eu-west-1");
        assertThat(AwsClientConfig.from(document.options()).region()).isEqualTo("us-west-2");
        assertThat(document.notices())
                .containsExactlyInAnyOrder(
                        "flows[0].partitionKeyOption: has no effect here; Firehose has no partition keys",
                        "Hydrant.sink.producer-identity.enabled: has no effect on flows to a deliveryStream;"
                                + " Firehose takes no stamps, and delivers twice what is put again");
    }

    @Test
    void goesToFirehoseOfItsRegionWhereverKinesisIs() {
        AgentDocument document =
                parse(
                        """
                        {
                          "kinesis.endpoint": "http://localhost:4566",
                          "kinesis.region": "eu-west-1",
                          "flows": [{"filePattern": "/tmp/app.log*", "deliveryStream": "orders"}]
                        }
                        """);

        assertThat(document.firehose().endpoint()).isNull();
        assertThat(document.firehose().region()).isEqualTo("eu-west-1");
        assertThat(document.notices()).isEmpty();
    }

    @Test
    void saysThatNoFlowNeedsTheEndpointOfFirehose() {
        AgentDocument document =
                parse(
                        "{\"firehose.endpoint\": \"firehose.us-west-2.amazonaws.com\", \"flows\": [{"
                                + FLOW
                                + "}]}");

        assertThat(document.notices())
                .containsExactly(
                        "firehose.endpoint: has no effect here; no flow here sends to Firehose");
    }

    @Test
    void saysThatRecordsOfAKinesisStreamAreNotJoined() {
        assertThat(
                        parse("{\"flows\": [{" + FLOW + ", \"aggregatedRecordSizeBytes\": 5000}]}")
                                .notices())
                .singleElement()
                .asString()
                .contains("flows[0].aggregatedRecordSizeBytes: has no effect here")
                .contains("sink.aggregation.enabled");
    }

    @Test
    void refusesTwoFlowsOfTheSameFilesToTheSameStream() {
        assertThatThrownBy(() -> parse("{\"flows\": [{" + FLOW + "}, {" + FLOW + "}]}"))
                .hasMessageContaining("flows[1].filePattern: has a flow to orders already");
    }

    @Test
    void passesOverFieldsThatAreNoneWhereToldTo() {
        String slip =
                "\"dataProcessingOptions\": [{\"optionName\": \"SINGLELINE\", \"initialPosition\": 1}]";
        AgentDocument document =
                AgentDocument.parse(
                        "agent.json",
                        "{\"maxBufferSizeRecords\": 1, \"flows\": [{" + FLOW + ", " + slip + "}]}",
                        Map.of("ingest.unknown-fields", "IGNORE"));

        assertThat(document.flows().get(0).buffer().records()).isEqualTo(500);
        assertThat(document.notices())
                .containsExactly(
                        "flows[0].dataProcessingOptions[0].initialPosition: is not a field here, but one of"
                                + " a flow, and the agent does not see it here",
                        "maxBufferSizeRecords: is not a field here, but one of a flow, and the agent does"
                                + " not see it here");
    }

    @Test
    void showsNoSecret() {
        assertThatThrownBy(
                        () ->
                                parse(
                                        "{\"awsSecretAccessKey\": \"very-secret\", \"Hydrant\":"
                                                + " {\"aws.credentials.basic.secretkey\": \"very-secret\"}}"))
                .hasMessageNotContaining("very-secret");
    }

    private static AgentDocument parse(String text) {
        return AgentDocument.parse("agent.json", text, Map.of());
    }
}
