package io.hydrant.jobs.ingest.agent;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.jobs.ingest.convert.CsvToJson;
import io.hydrant.jobs.ingest.objects.QueueConfig;
import io.hydrant.jobs.ingest.restream.RouteConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QueueFlowReaderTest {

    private static final String QUEUE = "https://sqs.eu-west-1.amazonaws.com/111122223333/arrivals";

    @Test
    void readsAFlowFromObjectsThatArrive() {
        AgentDocument document =
                parse(
                        """
                        {
                          "kinesis.endpoint": "kinesis.us-east-1.amazonaws.com",
                          "Hydrant": {"ingest.queue.remembered-objects": 7},
                          "flows": [{
                            "name": "arrivals",
                            "sourceQueue": "%s",
                            "kinesisStream": "lines",
                            "skipHeaderLines": 1,
                            "visibilityTimeoutSeconds": 60,
                            "badMessages": "DELETE",
                            "partitionKeyOption": "DETERMINISTIC",
                            "filter": ".a != null",
                            "dataProcessingOptions": [{"optionName": "CSVTOJSON", "customFieldNames": ["a"]}],
                            "Hydrant": {"sink.aggregation.enabled": true}
                          }]
                        }
                        """
                                .formatted(QUEUE));

        QueueFlow flow = document.queueFlows().get(0);
        assertThat(flow.id()).isEqualTo("arrivals");
        assertThat(flow.target()).isEqualTo("lines");
        assertThat(flow.region()).isEqualTo("eu-west-1");
        assertThat(flow.partitionKey()).isEqualTo(AgentFlow.PartitionKeyOption.DETERMINISTIC);
        assertThat(flow.conversions()).hasExactlyElementsOfTypes(CsvToJson.class);
        assertThat(flow.filter()).isEqualTo(".a != null");
        assertThat(flow.options()).containsOnlyKeys("sink.aggregation.enabled");
        assertThat(flow.queue())
                .isEqualTo(
                        new QueueConfig(
                                QUEUE,
                                QueueConfig.Records.LINES,
                                1,
                                10 * 1024 * 1024,
                                Duration.ofMinutes(1),
                                7,
                                QueueConfig.Rest.DELETE,
                                QueueConfig.Rest.LEAVE));
        // The endpoint is that of Kinesis in another region.
        AwsClientConfig aws = document.of(flow);
        assertThat(aws.region()).isEqualTo("eu-west-1");
        assertThat(aws.endpoint()).isNull();
    }

    @Test
    void hasDefaults() {
        QueueFlow flow = parse(flow("\"objectRecords\": \"WHOLE\"")).queueFlows().get(0);

        assertThat(flow.id()).isEqualTo("kinesis:lines:" + QUEUE);
        assertThat(flow.partitionKey()).isEqualTo(AgentFlow.PartitionKeyOption.RANDOM);
        assertThat(flow.terminator()).isEqualTo("\n");
        assertThat(flow.filter()).isNull();
        assertThat(flow.queue())
                .isEqualTo(
                        new QueueConfig(
                                QUEUE,
                                QueueConfig.Records.WHOLE,
                                0,
                                1024 * 1024 - 512,
                                Duration.ofMinutes(5),
                                100_000,
                                QueueConfig.Rest.LEAVE,
                                QueueConfig.Rest.LEAVE));
    }

    @Test
    void makesOfRecordsWhatFlowsFromStreamsDo() {
        QueueFlow flow =
                parse(
                                flow(
                                        "\"columns\": \"struct<a:int>\", \"select\": \"SELECT a + 1 AS b FROM records\","
                                                + " \"errorStream\": \"failed\""))
                        .queueFlows()
                        .get(0);

        assertThat(flow.errorStream()).isEqualTo("failed");
        assertThat(flow.route().flow()).isEqualTo(flow.id());
        assertThat(flow.route().failed()).isEqualTo(RouteConfig.Failed.STREAM);
        assertThat(flow.route().filter()).isNull();
        assertThat(parse(flow("\"objectRecords\": \"WHOLE\"")).queueFlows().get(0).route())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"filePattern\": \"/a/b\"         | flows[0].filePattern: does not go with sourceQueue",
                "\"deliveryStream\": \"b\"         | flows[0].deliveryStream: does not go with sourceQueue",
                "\"selekt\": \"SELECT 1\"          | flows[0].selekt: is not a field here; did you mean 'select'?",
                "\"select\": \"SELECT x FROM records\" | flows[0].select: ",
                "\"columns\": \"struct<a:int>\"   | flows[0].columns: is there without select",
                "\"transformClass\": \"no.Such\"  | flows[0].transformClass: ",
                "\"failedRecords\": \"DROP\"      | flows[0].failedRecords: is there without select or transformClass",
                "\"errorStream\": \"e\"           | flows[0].errorStream: is there without select or transformClass",
                "\"errorStream\": \"a b\"         | flows[0].errorStream: 'a b' is not the name of a stream",
                "\"filter\": \".a +\"              | flows[0].filter: ",
                "\"filter\": \".a) or (.b\"        | flows[0].filter: ",
                "\"objectRecords\": \"JSON\"       | flows[0].objectRecords: 'JSON' is not allowed; [LINES, WHOLE]",
                "\"badMessages\": \"KEEP\"         | flows[0].badMessages: 'KEEP' is not allowed; [LEAVE, DELETE]",
                "\"unreadableObjects\": \"X\"      | flows[0].unreadableObjects: 'X' is not allowed; [LEAVE, DELETE]",
                "\"visibilityTimeoutSeconds\": 1   | flows[0].visibilityTimeoutSeconds: '1' is not allowed; a whole number from 10 to 43200",
                "\"objectRecords\": \"WHOLE\", \"skipHeaderLines\": 1 | flows[0].skipHeaderLines: does not go with the objectRecords WHOLE"
            })
    void saysWhatIsWrongWhereAndWhatWouldBeRight(String field, String problem) {
        assertThatThrownBy(() -> parse(flow(field)))
                .isInstanceOf(AgentConfigurationException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void saysWhatIsWrongWithTheQueue() {
        assertThatThrownBy(
                        () ->
                                parse(
                                        "{\"flows\": [{\"sourceQueue\": \"arrivals\", \"kinesisStream\": \"b\"}]}"))
                .hasMessageContaining(
                        "flows[0].sourceQueue: 'arrivals' is not the URL of a queue, such as https://sqs.");
        String local =
                "{\"flows\": [{\"sourceQueue\": \"http://localhost:4566/000000000000/q\", \"kinesisStream\": \"b\"}]%s}";
        assertThatThrownBy(() -> parse(local.formatted("")))
                .hasMessageContaining(
                        "flows[0].sourceQueue: names no region, and no kinesis.region is given");
        assertThat(
                        parse(local.formatted(", \"kinesis.region\": \"us-east-1\""))
                                .queueFlows()
                                .get(0)
                                .region())
                .isEqualTo("us-east-1");
    }

    @Test
    void aReadThatEndsDoesNotGoWithAQueue() {
        assertThatThrownBy(
                        () ->
                                AgentDocument.parse(
                                        "agent.json",
                                        flow("\"badMessages\": \"LEAVE\""),
                                        Map.of(
                                                "source.end.position", "NOW",
                                                "source.init.position", "TRIM_HORIZON")))
                .hasMessageContaining("follows a queue, which never ends");
    }

    @Test
    void remembersSomething() {
        assertThatThrownBy(
                        () ->
                                AgentDocument.parse(
                                        "agent.json",
                                        flow("\"badMessages\": \"LEAVE\""),
                                        Map.of("ingest.queue.remembered-objects", "0")))
                .hasMessageContaining(
                        "ingest.queue.remembered-objects: 0 is not allowed; at least 1");
    }

    private static String flow(String field) {
        return "{\"flows\": [{\"sourceQueue\": \""
                + QUEUE
                + "\", \"kinesisStream\": \"lines\", "
                + field
                + "}]}";
    }

    private static AgentDocument parse(String text) {
        return AgentDocument.parse("agent.json", text, Map.of());
    }
}
