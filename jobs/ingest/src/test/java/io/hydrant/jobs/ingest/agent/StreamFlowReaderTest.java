package io.hydrant.jobs.ingest.agent;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.delivery.transform.TransformConfig;
import io.hydrant.jobs.ingest.restream.KeyChoice;
import io.hydrant.jobs.ingest.restream.RouteConfig;
import io.hydrant.kinesis.stream.StreamArn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StreamFlowReaderTest {

    @Test
    void readsFlowsFromStreamsBesideThoseFromFiles() {
        AgentDocument document =
                parse(
                        """
                        {
                          "flows": [
                            {"filePattern": "/tmp/app.log*", "kinesisStream": "orders"},
                            {
                              "name": "large orders",
                              "sourceStream": ["orders", "arn:aws:kinesis:eu-west-1:000000000000:stream/old"],
                              "filter": ".amount > 100",
                              "select": "SELECT id, amount * 2 AS twice FROM records",
                              "columns": "struct<id:int,amount:int>",
                              "partitionKeyQuery": ".id",
                              "kinesisStream": "large",
                              "errorStream": "failed",
                              "Hydrant": {"sink.aggregation.enabled": true}
                            },
                            {"sourceStream": "orders", "kinesisStream": "copy", "failedRecords": "DROP"}
                          ]
                        }
                        """);

        assertThat(document.flows()).hasSize(1);
        assertThat(document.streamFlows()).hasSize(2);
        StreamFlow large = document.streamFlows().get(0);
        assertThat(large.id()).isEqualTo("large orders");
        assertThat(large.sources())
                .containsExactly("orders", "arn:aws:kinesis:eu-west-1:000000000000:stream/old");
        assertThat(large.target()).isEqualTo("large");
        assertThat(large.errorStream()).isEqualTo("failed");
        assertThat(large.options()).containsOnly(Map.entry("sink.aggregation.enabled", "true"));
        assertThat(large.route().filter()).isEqualTo(".amount > 100");
        assertThat(large.route().transform().isPassThrough()).isFalse();
        assertThat(large.route().key()).isEqualTo(new KeyChoice(KeyChoice.Option.QUERY, ".id"));
        assertThat(large.route().failed()).isEqualTo(RouteConfig.Failed.STREAM);
        StreamFlow copy = document.streamFlows().get(1);
        assertThat(copy.id()).isEqualTo("kinesis:copy:orders");
        assertThat(copy.route())
                .isEqualTo(
                        new RouteConfig(
                                "kinesis:copy:orders",
                                null,
                                TransformConfig.NONE,
                                new KeyChoice(KeyChoice.Option.KEEP, null),
                                RouteConfig.Failed.DROP));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"filePattern\": \"/tmp/x\"     | flows[0].filePattern: does not go with sourceStream",
                "\"deliveryStream\": \"x\"       | flows[0].deliveryStream: does not go with sourceStream",
                "\"initialPosition\": \"x\"      | flows[0].initialPosition: is not a field here",
                "\"filtr\": \"x\"                | flows[0].filtr: is not a field here; did you mean 'filter'?",
                "\"filter\": \".a >\"            | flows[0].filter: '.a >' is no query of jq 1.6",
                "\"errorStream\": \"target\"     | flows[0].errorStream: is target, which the flow's records go to",
                "\"errorStream\": \"a b\"        | flows[0].errorStream: 'a b' is not the name of a stream",
                "\"errorStream\": \"arn:x\"      | flows[0].errorStream: 'arn:x' is no ARN of a Kinesis stream",
                "\"failedRecords\": \"KEEP\"     | flows[0].failedRecords: 'KEEP' is not allowed; [FAIL, DROP]",
                "\"errorStream\": \"e\", \"failedRecords\": \"DROP\" | flows[0].failedRecords: is there beside errorStream",
                "\"partitionKeyOption\": \"MD5\" | flows[0].partitionKeyOption: 'MD5' is not allowed; [KEEP, QUERY, HASH, RANDOM, FIXED]",
                "\"partitionKeyOption\": \"QUERY\" | flows[0].partitionKeyQuery: is missing; the partitionKeyOption QUERY needs one",
                "\"partitionKeyOption\": \"HASH\", \"partitionKeyQuery\": \".a\" | flows[0].partitionKeyQuery: does not go with the partitionKeyOption HASH",
                "\"partitionKeyQuery\": \".a[\"  | flows[0].partitionKeyQuery: '.a[' is no query of jq 1.6",
                "\"columns\": \"struct<a:int>\"  | flows[0].columns: is there without select",
                "\"select\": \"SELECT b FROM records\", \"columns\": \"struct<a:int>\" | flows[0].select: ",
                "\"select\": \"SELECT a FROM records\", \"columns\": \"int\" | flows[0].columns: 'int' is no struct",
                "\"select\": \"SELECT 1\", \"transformClass\": \"x.Y\" | flows[0].transformClass: is there beside select",
                "\"transformClass\": \"x.Y\"     | flows[0].transformClass: 'x.Y' is not on the class path",
                "\"transformParameters\": {\"a\": \"b\"} | flows[0].transformParameters: is there without transformClass",
                "\"transformParameters\": 3      | flows[0].transformParameters: is not an object",
                "\"Hydrant\": {\"source.init.position\": \"LATEST\"} | flows[0].Hydrant: 'source.init.position' is not an option",
                "\"Hydrant\": {\"sink.batch.max-size\": \"many\"} | flows[0].Hydrant: sink.batch.max-size: 'many' is not allowed; a whole number"
            })
    void saysWhatIsWrongWhereAndWhatWouldBeRight(String field, String problem) {
        assertThatThrownBy(
                        () ->
                                parse(
                                        "{\"flows\": [{\"sourceStream\": \"source\", \"kinesisStream\":"
                                                + " \"target\", "
                                                + field
                                                + "}]}"))
                .isInstanceOf(AgentConfigurationException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"sourceStream\": \"a\"                                | flows[0].kinesisStream: is missing",
                "\"sourceStream\": [], \"kinesisStream\": \"b\"         | flows[0].sourceStream: names no stream",
                "\"sourceStream\": [\"a\", \"a\"], \"kinesisStream\": \"b\" | flows[0].sourceStream: [a, a] names a stream twice",
                "\"sourceStream\": \"a/b\", \"kinesisStream\": \"b\"    | flows[0].sourceStream: 'a/b' is not the name of a stream",
                "\"sourceStream\": [\"b\", \"a\"], \"kinesisStream\": \"b\" | flows[0].kinesisStream: is b, from which the flow reads"
            })
    void saysWhatIsWrongWithTheStreams(String fields, String problem) {
        assertThatThrownBy(() -> parse("{\"flows\": [{" + fields + "}]}"))
                .isInstanceOf(AgentConfigurationException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void takesTheStreamOfATableAsASourceButNotAsATarget() {
        String table =
                "arn:aws:dynamodb:us-east-1:000000000000:table/t12/stream/2026-01-01T00:00:00.000";

        assertThat(parse(flow(table, "b")).streamFlows().get(0).sources()).containsExactly(table);
        assertThatThrownBy(() -> parse(flow("a", table)))
                .hasMessageContaining("flows[0].kinesisStream: '" + table + "' is no ARN");
    }

    @Test
    void twoFlowsOfOneNameAreRefused() {
        String flow = "{\"sourceStream\": \"a\", \"kinesisStream\": \"b\"}";

        assertThatThrownBy(() -> parse("{\"flows\": [" + flow + "," + flow + "]}"))
                .hasMessageContaining(
                        "flows[1].name: another flow is called kinesis:b:a; give this one its own");
    }

    @Test
    void aReadThatEndsDoesNotGoWithFilesWhichNeverDo() {
        String text =
                "{\"Hydrant\": {\"source.end.position\": \"NOW\", \"source.init.position\": \"TRIM_HORIZON\"},"
                        + " \"flows\": [{\"sourceStream\": \"a\", \"kinesisStream\": \"b\"}%s]}";

        assertThat(parse(text.formatted("")).streamFlows()).hasSize(1);
        assertThatThrownBy(
                        () ->
                                parse(
                                        text.formatted(
                                                ", {\"filePattern\": \"/a/b\", \"kinesisStream\": \"c\"}")))
                .hasMessageContaining(
                        "Hydrant.source.end.position: is NOW, but kinesis:c:/a/b follows files");
    }

    @Test
    void optionsOfTheSourceAreCheckedWhereAFlowHasOneAndElseHaveNoEffect() {
        String options =
                "{\"Hydrant\": {\"source.init.position\": \"AT_TIMESTAMP\"}, \"flows\": [%s]}";

        assertThatThrownBy(
                        () ->
                                parse(
                                        options.formatted(
                                                "{\"sourceStream\": \"a\", \"kinesisStream\": \"b\"}")))
                .hasMessageContaining("AT_TIMESTAMP needs a time");
        assertThat(
                        parse(
                                        options.formatted(
                                                "{\"filePattern\": \"/a/b\", \"kinesisStream\": \"c\"}"))
                                .notices())
                .containsExactly(
                        "Hydrant.source.init.position: has no effect here; no flow has a sourceStream");
    }

    @Test
    void aStreamOfAnotherRegionIsReachedThere() {
        AgentDocument document =
                parse(
                        "{\"kinesis.endpoint\": \"kinesis.eu-west-1.amazonaws.com\", \"flows\":"
                                + " [{\"sourceStream\": \"a\", \"kinesisStream\": \"b\"}]}");

        AwsClientConfig same = document.of(arn("eu-west-1"));
        assertThat(same.region()).isEqualTo("eu-west-1");
        assertThat(same.endpoint()).hasToString("https://kinesis.eu-west-1.amazonaws.com");
        AwsClientConfig other = document.of(arn("us-east-1"));
        assertThat(other.region()).isEqualTo("us-east-1");
        assertThat(other.endpoint()).isNull();
    }

    private static StreamArn arn(String region) {
        return new StreamArn("aws", region, "000000000000", "a");
    }

    private static String flow(String source, String target) {
        return "{\"flows\": [{\"sourceStream\": \"%s\", \"kinesisStream\": \"%s\"}]}"
                .formatted(source, target);
    }

    private static AgentDocument parse(String text) {
        return AgentDocument.parse("agent.json", text, Map.of());
    }
}
