package io.hydrant.launcher.tryout;

import io.hydrant.delivery.conversion.columnar.ColumnarFooter;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.localstack.fakes.lambda.FakeLambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

class TryCommandTest {

    private static final String PARTITIONED =
            """
            {
              "DeliveryStreamName": "clicks",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
              },
              "ExtendedS3DestinationConfiguration": {
                "BucketARN": "arn:aws:s3:::lake",
                "Prefix": "c=!{partitionKeyFromQuery:c}/!{timestamp:yyyy/MM/dd/HH}/",
                "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/",
                "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 60},
                "CompressionFormat": "GZIP",
                "DynamicPartitioningConfiguration": {"Enabled": true},
                "ProcessingConfiguration": {"Enabled": true, "Processors": [
                  {"Type": "RecordDeAggregation", "Parameters": [
                    {"ParameterName": "SubRecordType", "ParameterValue": "JSON"}]},
                  {"Type": "MetadataExtraction", "Parameters": [
                    {"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{c: .customer}"},
                    {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}]},
                  {"Type": "AppendDelimiterToRecord"}]}
              }
            }
            """;

    private static final String PLAIN =
            """
            {
              "DeliveryStreamName": "clicks",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
              },
              "ExtendedS3DestinationConfiguration": {
                "BucketARN": "arn:aws:s3:::lake",
                "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 60},
                "ProcessingConfiguration": {"Enabled": true, "Processors": [
                  {"Type": "AppendDelimiterToRecord"}]}
              }
            }
            """;

    private static final String TABLES =
            """
            {
              "DeliveryStreamName": "orders",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
              },
              "IcebergDestinationConfiguration": {
                "RoleARN": "arn:aws:iam::111122223333:role/orders",
                "CatalogConfiguration": {},
                "DestinationTableConfigurationList": [
                  {"DestinationDatabaseName": "shop", "DestinationTableName": "orders", "UniqueKeys": ["id"]}
                ],
                "S3Configuration": {"BucketARN": "arn:aws:s3:::lake", "ErrorOutputPrefix": "failed/!{firehose:error-output-type}/"}
              },
              "Hydrant": {
                "iceberg.catalog.type": "HADOOP",
                "iceberg.catalog.warehouse": "%s",
                "iceberg.route.query": "{operation: (.op // \\\"insert\\\")}",
                "iceberg.schema.unknown-fields": "ADD"
              }
            }
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir Path folder;

    private Path buckets;

    @BeforeEach
    void nameTheBuckets() {
        buckets = folder.resolve("out");
    }

    @Test
    void deliversOneSampleOfEachKeyAndInterval() throws Exception {
        int code =
                run(
                        PLAIN.replace(
                                "\"ExtendedS3DestinationConfiguration\"",
                                """
                                "Hydrant": {"delivery.sample.method": "LAST", "delivery.sample.key": ".engine",
                                            "delivery.sample.interval": "1 h", "delivery.sample.lateness": "0 s"},
                                "ExtendedS3DestinationConfiguration\""""),
                        """
                        {"engine": "a", "n": 1, "at": "2018-08-27T10:10:00Z"}
                        {"engine": "b", "n": 2, "at": "2018-08-27T10:20:00Z"}
                        {"engine": "a", "n": 3, "at": "2018-08-27T10:50:00Z"}
                        {"engine": "a", "n": 4, "at": "2018-08-27T11:10:00Z"}
                        {"n": 5, "at": "2018-08-27T11:20:00Z"}
                        """,
                        "--arrival",
                        "at");

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("5 records read: 3 delivered, 1 to the error prefix, 1 dropped");
        assertThat(objects().values().stream().flatMap(String::lines))
                .filteredOn(line -> line.startsWith("{\"engine\""))
                .containsExactlyInAnyOrder(
                        "{\"engine\": \"b\", \"n\": 2, \"at\": \"2018-08-27T10:20:00Z\"}",
                        "{\"engine\": \"a\", \"n\": 3, \"at\": \"2018-08-27T10:50:00Z\"}",
                        "{\"engine\": \"a\", \"n\": 4, \"at\": \"2018-08-27T11:10:00Z\"}");
    }

    @Test
    void convertsToParquetAndSaysWhatDidNotFit() throws Exception {
        Path schema = folder.resolve("schema.json");
        Files.writeString(
                schema,
                "[{\"Name\": \"customer\", \"Type\": \"string\"}, {\"Name\": \"at\", \"Type\": \"timestamp\"}]");
        int code =
                run(
                        PLAIN.replace(
                                        "\"BufferingHints\"",
                                        """
                                        "DataFormatConversionConfiguration": {
                                          "SchemaConfiguration": {"DatabaseName": "d", "TableName": "clicks"},
                                          "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}},
                                          "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}},
                                        "BufferingHints\"""")
                                .replace(
                                        "\"ExtendedS3DestinationConfiguration\"",
                                        "\"Hydrant\": {\"delivery.conversion.schema-file\": \""
                                                + schema
                                                + "\"}, \"ExtendedS3DestinationConfiguration\""),
                        """
                        {"customer": "a", "at": "2018-08-27T10:30:00Z"}
                        {"customer": "b", "at": "soon"}
                        {"customer": "c", "at": 1535365805}
                        """,
                        "--arrival",
                        "at");

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains(
                        "3 records read: 2 delivered, 1 to the error prefix, 0 dropped",
                        "DataFormatConversion.MalformedData: Data does not match the schema. Column at: timestamp belongs here, not this text");
        try (Stream<Path> files = Files.walk(buckets)) {
            List<Path> parquet =
                    files.filter(file -> file.toString().endsWith(".parquet")).toList();
            assertThat(parquet).hasSize(1);
            assertThat(ColumnarFooter.rows(Files.readAllBytes(parquet.get(0)))).isEqualTo(2);
        }
        assertThat(err.toString()).isEmpty();
    }

    /** As people write them: nothing has a name but what must have one. */
    @Test
    void triesATemplateThatNamesNothingAndIsPutToItself() throws Exception {
        int code =
                run(
                        """
                        {"Resources": {
                          "Lake": {"Type": "AWS::S3::Bucket"},
                          "Stream": {"Type": "AWS::KinesisFirehose::DeliveryStream", "Properties": {
                            "ExtendedS3DestinationConfiguration": {
                              "BucketARN": {"Fn::GetAtt": ["Lake", "Arn"]},
                              "RoleARN": {"Fn::GetAtt": ["Role", "Arn"]},
                              "Prefix": "in/",
                              "ProcessingConfiguration": {"Enabled": true, "Processors": [
                                {"Type": "Lambda", "Parameters": [
                                  {"ParameterName": "LambdaArn", "ParameterValue": {"Fn::GetAtt": ["Clean", "Arn"]}}]},
                                {"Type": "AppendDelimiterToRecord"}]}}}}}}
                        """,
                        "{\"a\": 1}\n{\"a\": 2}\n",
                        "--function",
                        "sed 's/\"records\":\\[{/&\"result\":\"Ok\",/; s/},{/},{\"result\":\"Ok\",/g'");

        assertThat(code).as(err.toString()).isZero();
        assertThat(objects())
                .hasSize(1)
                .hasEntrySatisfying(
                        objects().firstKey(),
                        text -> assertThat(text).isEqualTo("{\"a\": 1}\n{\"a\": 2}\n"));
        assertThat(objects().firstKey())
                .matches("extendeds3destinationconfiguration/in/.+/unnamed-1-.+");
        assertThat(err.toString())
                .contains(
                        "note: ExtendedS3DestinationConfiguration.BucketARN: is Fn::GetAtt, which only CloudFormation resolves; arn:aws:s3:::extendeds3destinationconfiguration stands in");
    }

    @Test
    void makesTheObjectsThatRedshiftWouldLoad() throws Exception {
        int code =
                run(
                        """
                        {
                          "DeliveryStreamName": "clicks",
                          "KinesisStreamSourceConfiguration": {
                            "KinesisStreamARN": "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
                          },
                          "RedshiftDestinationConfiguration": {
                            "RoleARN": "arn:aws:iam::111122223333:role/loads",
                            "ClusterJDBCURL": "jdbc:redshift://nowhere:5439/dev",
                            "Username": "loader",
                            "Password": "geheim",
                            "CopyCommand": {"DataTableName": "clicks", "CopyOptions": "JSON 'auto'"},
                            "ProcessingConfiguration": {"Enabled": true, "Processors": [
                              {"Type": "AppendDelimiterToRecord"}]},
                            "S3Configuration": {"BucketARN": "arn:aws:s3:::stage"}
                          }
                        }
                        """,
                        "{\"a\": 1}\n{\"a\": 2}\n");

        assertThat(code).as(err.toString()).isZero();
        assertThat(objects().toString()).contains("stage/", "{\"a\": 1}\n{\"a\": 2}\n");
        assertThat(out.toString())
                .contains(
                        "2 records read: 2 delivered",
                        "The objects are what COPY would load into clicks; nothing was loaded");
    }

    @Test
    void putsEveryRecordUnderItsPrefixAndSaysWhatLandedWhere() throws Exception {
        int code =
                run(
                        PARTITIONED,
                        """
                        {"customer": "a", "at": "2018-08-27T10:30:00Z"}{"customer": "b", "at": 1}
                        {"customer": "a", "at": "2018-08-27T10:30:10Z"}
                        no JSON
                        """,
                        "--arrival",
                        "at");

        assertThat(code).isZero();
        NavigableMap<String, String> objects = objects();
        assertThat(objects).hasSize(3);
        assertThat(objects.toString())
                .contains("lake/c=a/2018/08/27/10/clicks-1-2018-08-27-10-30-")
                .contains("lake/errors/metadata-extraction-failed/clicks-1-")
                .contains("{\"customer\": \"a\", \"at\": \"2018-08-27T10:30:10Z\"}\n")
                .contains("Non JSON record provided")
                .contains(
                        Base64.getEncoder()
                                .encodeToString("no JSON".getBytes(StandardCharsets.UTF_8)));
        assertThat(out.toString())
                .contains(
                        "3 records read: 3 delivered, 1 to the error prefix, 0 dropped",
                        "1 × DynamicPartitioning.MetadataExtractionFailed: Non JSON record provided",
                        "--arrival: records without that field, which arrive with the one before: 1",
                        "c=a");
    }

    @Test
    void cutsObjectsByTheIntervalHintInTheTimeOfTheArrivals() throws Exception {
        run(
                PLAIN,
                """
                {"n": 1, "ts": 1535365800}
                {"n": 2, "ts": 1535365859}
                none
                {"n": 3, "ts": 1535365861}
                {"n": 4, "ts": 1535372000000}
                """,
                "--arrival",
                "ts");

        assertThat(objects().values())
                .containsExactly(
                        "{\"n\": 1, \"ts\": 1535365800}\n{\"n\": 2, \"ts\": 1535365859}\nnone\n",
                        "{\"n\": 3, \"ts\": 1535365861}\n",
                        "{\"n\": 4, \"ts\": 1535372000000}\n");
        assertThat(objects().firstKey())
                .startsWith("lake/2018/08/27/10/clicks-1-2018-08-27-10-30-00-");
        assertThat(objects().lastKey())
                .startsWith("lake/2018/08/27/12/clicks-1-2018-08-27-12-13-20-");
    }

    @Test
    void takesLambdaEventsForWhatTheyHold() throws Exception {
        String data = Base64.getEncoder().encodeToString("hello".getBytes(StandardCharsets.UTF_8));
        run(
                PLAIN,
                """
                {"kinesis": {"data": "%s", "partitionKey": "k", "sequenceNumber": "49", "approximateArrivalTimestamp": 1535365800.5}, "eventID": "shardId-000000000003:49"}
                {"data": "%s", "kinesis": {"sequenceNumber": "50", "approximateArrivalTimestamp": 1535365800500}}
                {"data": "not base64!", "kinesis": {}}
                """
                        .formatted(data, data));

        assertThat(objects().values())
                .containsExactly(
                        "hello\nhello\n", "{\"data\": \"not base64!\", \"kinesis\": {}}\n");
        assertThat(objects().firstKey()).startsWith("lake/2018/08/27/10/");
    }

    @Test
    void takesRecordsOfAStreamApartAsTheSourceDoes() throws Exception {
        Path records = Files.createDirectory(folder.resolve("records"));
        KplAggregator aggregator = new KplAggregator(KplAggregator.DEFAULT_MAX_BYTES);
        for (String each : List.of("one", "two")) {
            byte[] payload = each.getBytes(StandardCharsets.UTF_8);
            assertThat(aggregator.add("key", null, payload, 0, payload.length)).isTrue();
        }
        Files.write(records.resolve("1.bin"), aggregator.build().data());
        Files.writeString(records.resolve("2.bin"), "three");

        assertThat(execute(PLAIN, "--kinesis-record-files", records.toString())).isZero();
        assertThat(objects().values()).containsExactly("one\ntwo\nthree\n");
        assertThat(out.toString()).contains("3 records read: 3 delivered");
    }

    @Test
    void hasALambdaFunctionTransformRecordsAndPartitionsByItsKeys() throws Exception {
        String config = withLambda();
        try (FakeLambda lambda = FakeLambda.start()) {
            lambda.deploy("enrich", TryCommandTest::answer);

            int code =
                    run(
                            config,
                            """
                            {"customer":"a"}{"customer":"b"}
                            {"customer":""}
                            """,
                            "--set",
                            "lambda.endpoint=" + lambda.endpoint(),
                            "--set",
                            "aws.credentials.provider=BASIC",
                            "--set",
                            "aws.credentials.basic.accesskeyid=test",
                            "--set",
                            "aws.credentials.basic.secretkey=test");

            assertThat(code).isZero();
            assertThat(lambda.log().count("Invoke")).isEqualTo(1);
        }
        assertThat(objects().toString())
                .contains("lake/c=a/", "{\"customer\":\"a\"}!\n", "lake/c=b/")
                .contains("lake/errors/processing-failed/clicks-1-", "Lambda.FunctionError");
        assertThat(out.toString())
                .contains("2 records read: 2 delivered, 1 to the error prefix, 0 dropped");
    }

    @Test
    void hasACommandTransformRecordsInPlaceOfALambdaFunction() throws Exception {
        int code =
                run(
                        withLambda(),
                        "{\"customer\":\"a\"}{\"customer\":\"b\"}\n",
                        "--function",
                        "sed 's/\"recordId\"/\"result\":\"Ok\",\"metadata\":{\"partitionKeys\":{\"c\":\"x\"}},\"recordId\"/g'");

        assertThat(code).isZero();
        assertThat(objects().toString())
                .contains("lake/c=x/", "{\"customer\":\"a\"}\n{\"customer\":\"b\"}\n");
    }

    @Test
    void takesTheAnswerOfACommandThatFailsOrReadsNothingAsLambdaWould() throws Exception {
        String retries = "lambda.retries=0";

        assertThat(run(withLambda(), "{}\n", "--function", "exit 3", "--set", retries)).isZero();
        assertThat(out.toString())
                .contains(
                        "1 × Lambda.FunctionError: The function failed (Unhandled) with Runtime.ExitError: the command ended with 3");
        assertThat(
                        run(
                                withLambda(),
                                "{}\n",
                                "--function",
                                "echo '{\"records\": []}'",
                                "--set",
                                retries))
                .isZero();
        assertThat(out.toString()).contains("1 × Lambda.MissingRecordId: ");
        assertThat(
                        run(
                                withLambda(),
                                "{}\n",
                                "--function",
                                "head -c 6291557 /dev/zero",
                                "--set",
                                retries))
                .isZero();
        assertThat(out.toString()).contains("Function.ResponseSizeTooLarge");
    }

    @Test
    void refusesACommandWhereNoFunctionIs() throws Exception {
        assertThat(run(PLAIN, "{}\n", "--function", "cat")).isEqualTo(2);
    }

    private static String withLambda() {
        return PARTITIONED
                .replace("partitionKeyFromQuery:c", "partitionKeyFromLambda:c")
                .replaceAll(
                        "(?s)\\{\"Type\": \"MetadataExtraction\".*?\\]\\},",
                        """
                        {"Type": "Lambda", "Parameters": [
                          {"ParameterName": "LambdaArn", "ParameterValue": "arn:aws:lambda:eu-west-1:111122223333:function:enrich"}]},
                        """);
    }

    /** Adds an exclamation mark and gives the customer as a key. */
    private static byte[] answer(byte[] event) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode answer = json.createObjectNode();
        for (JsonNode record : json.readTree(event).get("records")) {
            byte[] data = Base64.getDecoder().decode(record.get("data").textValue());
            String customer = json.readTree(data).get("customer").textValue();
            ObjectNode result =
                    answer.withArray("records")
                            .addObject()
                            .put("recordId", record.get("recordId").textValue());
            if (customer.isEmpty()) {
                result.put("result", "ProcessingFailed");
            } else {
                result.put("result", "Ok")
                        .put(
                                "data",
                                (new String(data, StandardCharsets.UTF_8) + "!")
                                        .getBytes(StandardCharsets.UTF_8))
                        .putObject("metadata")
                        .putObject("partitionKeys")
                        .put("c", customer);
            }
        }
        return json.writeValueAsBytes(answer);
    }

    @Test
    void findsTheClassOfATransformWhereItIsTold() throws Exception {
        Path source =
                Files.writeString(
                        folder.resolve("Twice.java"),
                        """
                        import io.hydrant.core.record.Envelope;
                        import io.hydrant.delivery.transform.*;
                        import java.util.List;
                        public final class Twice implements RecordTransform {
                            @Override public void transform(Envelope record, TransformOutput output) {
                                output.several(List.of(
                                        new TransformedRecord(record.payloadCopy()),
                                        new TransformedRecord(record.payloadCopy())));
                            }
                        }
                        """);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        assertThat(
                        ToolProvider.getSystemJavaCompiler()
                                .run(
                                        null,
                                        null,
                                        null,
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        "-d",
                                        classes.toString(),
                                        source.toString()))
                .isZero();

        int code =
                run(
                        PLAIN,
                        "one\n",
                        "--set",
                        "delivery.transform.class=Twice",
                        "--classes",
                        classes.toString());

        assertThat(code).isZero();
        assertThat(objects().values()).containsExactly("one\none\n");
        assertThat(out.toString()).contains("1 records read: 2 delivered");
    }

    @Test
    void transformsBySqlWhichGivesKeysToThePrefix() throws Exception {
        String config =
                PARTITIONED
                        .replace("partitionKeyFromQuery:c", "partitionKeyFromLambda:c")
                        .replaceAll("(?s)\\{\"Type\": \"MetadataExtraction\".*?\\]\\},", "");

        int code =
                run(
                        config,
                        """
                        {"customer":1,"v":2}{"customer":2,"v":5}
                        {"customer":1,"v":0}
                        {"customer":1,"v":7}
                        """,
                        "--set",
                        "delivery.transform.columns=struct<customer:int,v:int>",
                        "--set",
                        "delivery.transform.select=SELECT 10 / v AS share, CAST(customer AS VARCHAR) AS \"partitionKeys.c\" FROM records WHERE v <> 7");

        assertThat(code).isZero();
        assertThat(objects().toString())
                .contains("lake/c=1/", "{\"share\":5}\n", "lake/c=2/", "{\"share\":2}\n")
                .contains("lake/errors/processing-failed/clicks-1-", "/ by zero");
        assertThat(out.toString())
                .contains("3 records read: 2 delivered, 1 to the error prefix, 1 dropped");
    }

    @Test
    void keepsABackupOfAllRecordsAsTheyCame() throws Exception {
        String config =
                PARTITIONED.replace(
                        "\"CompressionFormat\": \"GZIP\",",
                        """
                        "CompressionFormat": "GZIP",
                        "S3BackupMode": "Enabled",
                        "S3BackupConfiguration": {
                          "BucketARN": "arn:aws:s3:::vault", "Prefix": "raw/"},
                        """);

        assertThat(run(config, "{\"customer\":1}{\"customer\":2}\n{\"no\":3}\n")).isZero();

        assertThat(backup("vault/raw/"))
                .containsExactly("{\"customer\":1}{\"customer\":2}{\"no\":3}");
        assertThat(out.toString()).contains("2 in the backup").contains("vault/raw/");
    }

    @Test
    void keepsABackupOfFailedRecordsOnly() throws Exception {
        assertThat(
                        run(
                                PARTITIONED,
                                "{\"customer\":1}{\"lost\":2}\n{\"no\":3}\n",
                                "--set",
                                "backup.mode=FAILED_ONLY",
                                "--set",
                                "backup.bucket=vault",
                                "--set",
                                "backup.append-newline=true"))
                .isZero();

        assertThat(backup("vault/")).containsExactly("{\"lost\":2}\n{\"no\":3}\n");
        assertThat(out.toString()).contains("2 in the backup");
    }

    @Test
    void saysWhichRowsWouldBeInWhichTablesAndTouchesNone() throws Exception {
        Path warehouse = folder.resolve("warehouse");
        try (HadoopCatalog catalog =
                new HadoopCatalog(new Configuration(), warehouse.toUri().toString())) {
            catalog.createTable(
                    TableIdentifier.of("shop", "orders"),
                    new Schema(
                            Types.NestedField.required(1, "id", Types.LongType.get()),
                            Types.NestedField.optional(2, "at", Types.TimestampType.withZone()),
                            Types.NestedField.optional(3, "op", Types.StringType.get())));
        }

        int code =
                run(
                        TABLES.formatted(warehouse.toUri()),
                        """
                        {"id": 1, "at": "2026-01-27T10:00:00+02:00"}
                        {"id": 2, "op": "delete"}
                        {"id": 3, "op": "update", "note": "new"}
                        {"id": "four"}
                        """);

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("4 records read: 3 delivered, 1 to the error prefix, 0 dropped")
                .contains("1 × Iceberg.TypeMismatch: ")
                .contains("2 × update in shop.orders  ", "1 × delete in shop.orders  ")
                .contains("table shop.orders would get the columns note string")
                .contains("No table was touched");
        assertThat(objects().get("iceberg_tables/shop.orders.jsonl"))
                .isEqualTo(
                        """
                        {"operation":"update","row":{"id":1,"at":"2026-01-27T08:00:00Z","op":null}}
                        {"operation":"delete","row":{"id":2,"op":"delete"}}
                        {"operation":"update","row":{"id":3,"at":null,"op":"update","note":"new"}}
                        """);
        assertThat(objects().keySet())
                .filteredOn(key -> key.startsWith("lake/failed/iceberg-failed/"))
                .hasSize(1);
        try (HadoopCatalog catalog =
                new HadoopCatalog(new Configuration(), warehouse.toUri().toString())) {
            Table table = catalog.loadTable(TableIdentifier.of("shop", "orders"));
            assertThat(table.currentSnapshot()).isNull();
            assertThat(table.schema().columns()).hasSize(3);
        }
    }

    private List<String> backup(String prefix) throws IOException {
        return objects().entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Test
    void endsWithOneWhereTheConfigurationIsNotValid() throws Exception {
        assertThat(run(PLAIN.replace("arn:aws:s3:::lake", "lake"), "{}")).isEqualTo(1);
        assertThat(err.toString())
                .contains("ExtendedS3DestinationConfiguration.BucketARN: \"lake\"");
        assertThat(buckets).doesNotExist();
    }

    @Test
    void saysWhichFolderCannotBeMade() throws Exception {
        Files.writeString(buckets, "a file");

        assertThat(run(PLAIN, "{}")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(
                        "The folder " + buckets.resolve("lake") + " cannot be made; give an --out");
    }

    @Test
    void saysWhichInputIsMissing() throws Exception {
        assertThat(execute(PLAIN)).isEqualTo(2);
        assertThat(err.toString()).contains("Give records by --input or --kinesis-record-files");
        assertThat(execute(PLAIN, "--input", "/no/such/file")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no file /no/such/file");
    }

    private int run(String config, String lines, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--input");
        arguments.add(Files.writeString(folder.resolve("records.jsonl"), lines).toString());
        return execute(config, arguments.toArray(new String[0]));
    }

    private int execute(String config, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--config");
        arguments.add(Files.writeString(folder.resolve("stream.json"), config).toString());
        arguments.add("--out");
        arguments.add(buckets.toString());
        return new CommandLine(new TryCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(new String[0]));
    }

    /** What lies in the folder, decompressed, by its path. */
    private NavigableMap<String, String> objects() throws IOException {
        NavigableMap<String, String> objects = new TreeMap<>();
        try (Stream<Path> files = Files.walk(buckets)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (InputStream in = Files.newInputStream(file);
                        InputStream content =
                                file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
                    objects.put(
                            buckets.relativize(file).toString(),
                            new String(content.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return objects;
    }
}
