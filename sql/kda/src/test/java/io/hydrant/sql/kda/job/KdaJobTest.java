package io.hydrant.sql.kda.job;

import io.hydrant.sql.kda.application.ApplicationDocument;
import io.hydrant.sql.kda.application.KdaApplication;
import io.hydrant.sql.kda.job.KdaJob.Built;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of an application before it runs. */
class KdaJobTest {

    private static final String CODE =
            """
            CREATE OR REPLACE STREAM "COUNTS" (ticker_symbol VARCHAR(4), n INTEGER);
            CREATE OR REPLACE PUMP "COUNT_PUMP" AS INSERT INTO "COUNTS"
              SELECT STREAM ticker_symbol, COUNT(*) FROM "SOURCE_SQL_STREAM_001"
              GROUP BY ticker_symbol,
                STEP("SOURCE_SQL_STREAM_001".ROWTIME BY INTERVAL '10' SECOND);
            CREATE OR REPLACE STREAM "LAST" (ticker_symbol VARCHAR(4), n INTEGER);
            CREATE OR REPLACE PUMP "LAST_PUMP" AS INSERT INTO "LAST"
              SELECT STREAM ticker_symbol, SUM(n) OVER (PARTITION BY ticker_symbol
                RANGE INTERVAL '1' MINUTE PRECEDING) FROM "COUNTS";
            """;

    private static final String FILTER =
            """
            CREATE OR REPLACE STREAM "OUT" (ticker_symbol VARCHAR(4));
            CREATE OR REPLACE PUMP "P" AS INSERT INTO "OUT"
              SELECT STREAM ticker_symbol FROM "SOURCE_SQL_STREAM_001"
              WHERE ticker_symbol <> 'TBV';
            """;

    @Test
    void givesEveryOperatorTheIdThatTheNextJobGivesIt() {
        List<String> first = uids();
        List<String> second = uids();

        assertThat(first).hasSizeGreaterThan(8).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(second).containsExactlyInAnyOrderElementsOf(first);
        assertThat(first).anyMatch(uid -> uid.contains("COUNT_PUMP"));
    }

    private static List<String> uids() {
        StreamExecutionEnvironment environment = environment();
        Built built = build(environment, TestDocument.writing("COUNTS"), CODE);
        assertThat(built.problems()).isEmpty();
        return environment.getStreamGraph().getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .toList();
    }

    @Test
    void takesTheErrorStreamForAnOutputLikeAnother() {
        assertThat(build(environment(), TestDocument.writing("error_stream"), CODE).problems())
                .isEmpty();
    }

    @Test
    void saysWhichStreamsThereAreWhereAnOutputNamesNone() {
        assertThatThrownBy(() -> build(environment(), TestDocument.writing("counts"), CODE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Outputs[0].Name: no pump writes a stream \"counts\"; there are COUNTS, LAST,"
                                + " error_stream, in exactly this case");
    }

    @Test
    void saysWhatInTheSqlCannotRun() {
        Built built =
                build(
                        environment(),
                        TestDocument.writing("COUNTS"),
                        CODE.replace("ticker_symbol, COUNT", "ticker, COUNT"));

        assertThat(built.problems())
                .anyMatch(problem -> problem.toString().startsWith("line 3, column 17: "));
    }

    @Test
    void refusesAnInputThatOnlyFirehoseCanReadAndNamesTheWayOut() {
        String document =
                TestDocument.writing("COUNTS")
                        .replace("KinesisStreamsInput", "KinesisFirehoseInput")
                        .replace(":kinesis:us-east-1:000000000000:stream/in", FIREHOSE);

        assertThatThrownBy(() -> build(environment(), document, CODE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Inputs[0]: nobody but Firehose itself can read arn:aws:fire")
                .hasMessageContaining("\"Hydrant\": {\"Resources\"");

        String named =
                document.replaceFirst(
                        "\\{",
                        "{\"Hydrant\": {\"Resources\": {\"arn:aws"
                                + FIREHOSE
                                + "\": \"arn:aws:kinesis:us-east-1:000000000000:stream/in\"}},");
        assertThat(build(environment(), named, CODE).problems()).isEmpty();
    }

    private static final String FIREHOSE = ":firehose:us-east-1:000000000000:deliverystream/in";

    @Test
    void refusesAnApplicationWhoseRowsNobodySees() {
        String document = TestDocument.writing("COUNTS").replaceFirst("(?s),\\s*\"Outputs.*", "}");

        assertThatThrownBy(() -> build(environment(), document, CODE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Outputs: is missing");
    }

    @Test
    void givesIdsToFunctionsAndDeliveryStreamsToo() {
        String function = "arn:aws:lambda:us-east-1:000000000000:function:f";
        String document =
                TestDocument.of("arn:aws:kinesis:us-east-1:000000000000:stream/in", 1, "")
                                .replace(
                                        "\"InputSchema\"",
                                        TestDocument.processor(function) + "\"InputSchema\"")
                        + TestDocument.output("COUNTS", function, "JSON")
                                .replace("KinesisStreamsOutput", "LambdaOutput")
                        + ","
                        + TestDocument.output("COUNTS", "arn:aws" + FIREHOSE, "CSV")
                                .replace("KinesisStreamsOutput", "KinesisFirehoseOutput")
                        + "]}";
        StreamExecutionEnvironment environment = environment();

        assertThat(build(environment, document, CODE).problems()).isEmpty();
        assertThat(environment.getStreamGraph().getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .doesNotContainNull()
                .doesNotHaveDuplicates()
                .contains("function SOURCE_SQL_STREAM", "output COUNTS to " + function);
    }

    @Test
    void bringsRowsTogetherOnlyWhereTimeMatters() {
        assertThat(partitioners(CODE, "COUNTS")).contains("HASH");
        assertThat(partitioners(FILTER, "OUT")).containsOnly("FORWARD");
        assertThat(partitioners(FILTER, "error_stream")).contains("HASH");
    }

    private static List<String> partitioners(String code, String output) {
        StreamExecutionEnvironment environment = environment();
        assertThat(build(environment, TestDocument.writing(output), code).problems()).isEmpty();
        return environment.getStreamGraph().getStreamNodes().stream()
                .flatMap(node -> node.getInEdges().stream())
                .map(edge -> edge.getPartitioner().toString())
                .toList();
    }

    private static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        // The graph is refused where an operator has no id.
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        return StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    }

    private static Built build(
            StreamExecutionEnvironment environment, String document, String code) {
        KdaApplication application =
                ApplicationDocument.readApplication("application.json", document);
        return KdaJob.build(environment, application, code, Map.of());
    }
}
