package io.hydrant.launcher.kda;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** With the class path of the launcher, which holds more than that of sql/kda. */
class KdaTestCommandITCase {

    private static final String SCHEMA =
            """
            {"NamePrefix": "SOURCE_SQL_STREAM",
             "InputSchema": {
               "RecordFormat": {"RecordFormatType": "JSON",
                 "MappingParameters": {"JSONMappingParameters": {"RecordRowPath": "$"}}},
               "RecordEncoding": "UTF-8",
               "RecordColumns": [{"Name": "TICKER", "Mapping": "$.ticker", "SqlType": "VARCHAR(4)"},
                                 {"Name": "PRICE", "Mapping": "$.price", "SqlType": "INTEGER"}]}}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir Path folder;

    @Test
    void runsAnApplicationOnTheLinesOfAFile() throws Exception {
        int code =
                run(
                        """
                        CREATE OR REPLACE STREAM "TOTALS" (ticker VARCHAR(4), total INTEGER);
                        CREATE OR REPLACE PUMP "TOTAL_PUMP" AS INSERT INTO "TOTALS"
                        SELECT STREAM ticker, SUM(price) FROM "SOURCE_SQL_STREAM_001"
                        GROUP BY ticker, FLOOR("SOURCE_SQL_STREAM_001".ROWTIME TO MINUTE);
                        """);

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"TICKER\":\"AAPL\",\"TOTAL\":30,\"ROWTIME\":\"2026-01-05T11:01:00.000Z\",\"_stream\":\"TOTALS\"}");
    }

    @Test
    void saysWhereTheSqlIsWrong() throws Exception {
        int code =
                run(
                        """
                        CREATE STREAM s (t VARCHAR(4));
                        CREATE PUMP p AS INSERT INTO s SELECT STREAM tickr FROM SOURCE_SQL_STREAM_001;
                        """);

        assertThat(code).isEqualTo(KdaFiles.PROBLEMS);
        assertThat(err.toString()).contains("line 2, column 46").contains("TICKR");
    }

    @Test
    void runsTheApplicationOfATemplateOnLinesAndACopyOfItsTable() throws Exception {
        Path template =
                Files.writeString(
                        folder.resolve("stack.yaml"),
                        """
                        Resources:
                          App:
                            Type: AWS::KinesisAnalyticsV2::Application
                            Properties:
                              RuntimeEnvironment: SQL-1_0
                              ServiceExecutionRole: !GetAtt Role.Arn
                              ApplicationConfiguration:
                                ApplicationCodeConfiguration:
                                  CodeContentType: PLAINTEXT
                                  CodeContent:
                                    TextContent: |
                                      CREATE STREAM "NAMED" (name VARCHAR(8), price INTEGER);
                                      CREATE PUMP "P" AS INSERT INTO "NAMED"
                                      SELECT STREAM n.NAME, s.PRICE FROM "SOURCE_SQL_STREAM_001" AS s
                                      JOIN "NAMES" AS n ON s.TICKER = n.TICKER;
                                SqlApplicationConfiguration:
                                  Inputs:
                                    - NamePrefix: SOURCE_SQL_STREAM
                                      KinesisStreamsInput: {ResourceARN: 'arn:aws:kinesis:us-east-1:123456789012:stream/s'}
                                      InputSchema:
                                        RecordFormat: {RecordFormatType: JSON, MappingParameters: {JSONMappingParameters: {RecordRowPath: $}}}
                                        RecordColumns:
                                          - {Name: TICKER, Mapping: $.ticker, SqlType: VARCHAR(4)}
                                          - {Name: PRICE, Mapping: $.price, SqlType: INTEGER}
                          Names:
                            Type: AWS::KinesisAnalyticsV2::ApplicationReferenceDataSource
                            Properties:
                              ApplicationName: !Ref App
                              ReferenceDataSource:
                                TableName: NAMES
                                S3ReferenceDataSource: {BucketARN: 'arn:aws:s3:::names', FileKey: names.csv}
                                ReferenceSchema:
                                  RecordFormat: {RecordFormatType: CSV, MappingParameters: {CSVMappingParameters: {RecordRowDelimiter: '\n', RecordColumnDelimiter: ','}}}
                                  RecordColumns: [{Name: TICKER, SqlType: VARCHAR(4)}, {Name: NAME, SqlType: VARCHAR(8)}]
                        """);
        Path names = Files.writeString(folder.resolve("names.csv"), "AAPL,Apple\n");

        int code =
                execute(
                        "--application",
                        template.toString(),
                        "--reference",
                        "NAMES=" + names,
                        "--input",
                        input().toString());

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .contains(
                        "{\"NAME\":\"Apple\",\"PRICE\":20,\"ROWTIME\":\"2026-01-05T11:00:10.000Z\",\"_stream\":\"NAMED\"}");
    }

    @Test
    void hasRecordsPreparedByACommandInPlaceOfTheFunction() throws Exception {
        Path document =
                Files.writeString(
                        folder.resolve("application.json"),
                        """
                        {"ApplicationName": "stocks",
                         "ApplicationCode": "CREATE STREAM S (T VARCHAR(4), P INTEGER); CREATE PUMP M AS INSERT INTO S SELECT STREAM TICKER, PRICE FROM SOURCE_SQL_STREAM_001;",
                         "Inputs": [{"NamePrefix": "SOURCE_SQL_STREAM",
                           "InputProcessingConfiguration": {"InputLambdaProcessor": {
                             "ResourceARN": "arn:aws:lambda:us-east-1:123456789012:function:prepare"}},
                           "KinesisStreamsInput": {"ResourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/s"},
                           "InputSchema": {
                             "RecordFormat": {"RecordFormatType": "JSON",
                               "MappingParameters": {"JSONMappingParameters": {"RecordRowPath": "$"}}},
                             "RecordColumns": [{"Name": "TICKER", "Mapping": "$.ticker", "SqlType": "VARCHAR(4)"},
                                               {"Name": "PRICE", "Mapping": "$.price", "SqlType": "INTEGER"}]}}]}
                        """);
        Path function =
                Files.writeString(
                        folder.resolve("app.py"),
                        """
                        import base64, json, sys
                        def answer(record):
                            row = json.loads(base64.b64decode(record["data"]))
                            if row["price"] > 100:
                                return {"recordId": record["recordId"], "result": "Dropped"}
                            if row["price"] < 0:
                                return {"recordId": record["recordId"], "result": "ProcessingFailed"}
                            row["price"] *= 2
                            return {"recordId": record["recordId"], "result": "Ok",
                                    "data": base64.b64encode(json.dumps(row).encode()).decode()}
                        event = json.load(sys.stdin)
                        assert event["streamArn"].endswith("stream/s")
                        json.dump({"records": [answer(r) for r in event["records"]]}, sys.stdout)
                        """);
        Path lines =
                Files.writeString(
                        folder.resolve("lines.jsonl"),
                        """
                        {"ROWTIME": "2026-01-05T11:00:00Z", "ticker": "AAPL", "price": 10}
                        {"ROWTIME": "2026-01-05T11:00:01Z", "ticker": "MSFT", "price": 101}
                        {"ROWTIME": "2026-01-05T11:00:02Z", "ticker": "AMZN", "price": -1}
                        """);

        int code =
                execute(
                        "--application",
                        document.toString(),
                        "--function",
                        "python3 " + function,
                        "--input",
                        lines.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .contains(
                        "{\"T\":\"AAPL\",\"P\":20,\"ROWTIME\":\"2026-01-05T11:00:00.000Z\",\"_stream\":\"S\"}")
                .anySatisfy(
                        row ->
                                assertThat(row)
                                        .contains("INPUT_PROCESSING_ERROR")
                                        .contains("ProcessingFailed")
                                        .contains("2026-01-05T11:00:02.000Z"));
    }

    @Test
    void saysThatTheFunctionOfAnApplicationIsLeftOut() throws Exception {
        Path sql = Files.writeString(folder.resolve("app.sql"), "CREATE STREAM S (T INTEGER);");
        Path document =
                Files.writeString(
                        folder.resolve("application.json"),
                        "{\"ApplicationName\": \"a\", \"Inputs\": [{%s, \"InputProcessingConfiguration\": {\"InputLambdaProcessor\": {\"ResourceARN\": \"arn:aws:lambda:us-east-1:123456789012:function:prepare\"}}, \"KinesisStreamsInput\": {\"ResourceARN\": \"arn:aws:kinesis:us-east-1:123456789012:stream/s\"}}]}"
                                .formatted(
                                        SCHEMA.strip().substring(1, SCHEMA.strip().length() - 1)));

        int code =
                execute(
                        "--application",
                        document.toString(),
                        "--code",
                        sql.toString(),
                        "--input",
                        input().toString());

        assertThat(code).isZero();
        assertThat(err.toString())
                .contains("function:prepare prepares records; --function COMMAND stands in for it");
    }

    private int run(String sql) throws IOException {
        Path code = Files.writeString(folder.resolve("app.sql"), sql);
        Path schema = Files.writeString(folder.resolve("schema.json"), SCHEMA);
        return execute(
                "--code",
                code.toString(),
                "--schema",
                schema.toString(),
                "--input",
                input().toString());
    }

    private Path input() throws IOException {
        return Files.writeString(
                folder.resolve("input.jsonl"),
                """
                {"ROWTIME": "2026-01-05T11:00:05Z", "ticker": "AAPL", "price": 10}
                {"ROWTIME": "2026-01-05T11:00:10Z", "ticker": "AAPL", "price": 20}
                """);
    }

    private int execute(String... arguments) {
        return new CommandLine(new KdaTestCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
