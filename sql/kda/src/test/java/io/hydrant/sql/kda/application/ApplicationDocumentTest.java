package io.hydrant.sql.kda.application;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class ApplicationDocumentTest {

    private static final String SCHEMA =
            """
            {"RecordColumns": [
               {"Name": "TICKER_SYMBOL", "Mapping": "$.TICKER_SYMBOL", "SqlType": "VARCHAR(4)"},
               {"Name": "PRICE", "Mapping": "$.PRICE", "SqlType": "DECIMAL(5,2)"}],
             "RecordFormat": {
               "RecordFormatType": "JSON",
               "MappingParameters": {"JSONMappingParameters": {"RecordRowPath": "$"}}},
             "RecordEncoding": "UTF-8"}""";

    private static final String CSV_SCHEMA =
            """
            {"RecordColumns": [{"Name": "Ticker", "SqlType": "VARCHAR(8)"}],
             "RecordFormat": {
               "RecordFormatType": "CSV",
               "MappingParameters": {"CSVMappingParameters":
                 {"RecordColumnDelimiter": ",", "RecordRowDelimiter": "\\\\n"}}}}""";

    private static final String STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/in";
    private static final String DELIVERY =
            "arn:aws:firehose:us-east-1:123456789012:deliverystream/out";
    private static final String FUNCTION =
            "arn:aws:lambda:us-east-1:123456789012:function:prepare:$LATEST";
    private static final String ROLE = "\"RoleARN\": \"arn:aws:iam::123456789012:role/r\"";

    private static final List<RecordColumn> COLUMNS =
            List.of(
                    new RecordColumn(
                            "TICKER_SYMBOL", "$.TICKER_SYMBOL", ColumnType.parse("VARCHAR(4)")),
                    new RecordColumn("PRICE", "$.PRICE", ColumnType.parse("DECIMAL(5,2)")));

    @Test
    void readsWhatCreateApplicationTakes() {
        KdaApplication read =
                ApplicationDocument.readApplication(
                        "application.json",
                        """
                        {"ApplicationName": "alerts", "ApplicationDescription": "d",
                         "ApplicationCode": "CREATE STREAM s (a INTEGER);",
                         "Inputs": [{"NamePrefix": "SOURCE_SQL_STREAM", "InputSchema": %s,
                           "KinesisStreamsInput": {"ResourceARN": "%s", %s},
                           "InputParallelism": {"Count": 2},
                           "InputProcessingConfiguration": {
                             "InputLambdaProcessor": {"ResourceARN": "%s", %s}}}],
                         "Outputs": [
                           {"Name": "A", "KinesisStreamsOutput": {"ResourceARN": "%s", %s},
                            "DestinationSchema": {"RecordFormatType": "CSV"}},
                           {"Name": "B", "KinesisFirehoseOutput": {"ResourceARN": "%s", %s},
                            "DestinationSchema": {"RecordFormatType": "JSON"}},
                           {"Name": "error_stream", "LambdaOutput": {"ResourceARN": "%s", %s},
                            "DestinationSchema": {"RecordFormatType": "JSON"}}],
                         "CloudWatchLoggingOptions": [], "Tags": [{"Key": "k", "Value": "v"}]}
                        """
                                .formatted(
                                        SCHEMA, STREAM, ROLE, FUNCTION, ROLE, STREAM, ROLE,
                                        DELIVERY, ROLE, FUNCTION, ROLE));

        assertThat(read.name()).isEqualTo("alerts");
        assertThat(read.code()).isEqualTo("CREATE STREAM s (a INTEGER);");
        assertThat(read.inputs())
                .containsExactly(
                        new ApplicationInput(
                                "SOURCE_SQL_STREAM",
                                new RecordSchema(COLUMNS, new RecordFormat.Json("$")),
                                new Resource(Resource.Service.KINESIS, STREAM),
                                FUNCTION,
                                2,
                                null));
        assertThat(read.inputs().get(0).streamNames())
                .containsExactly("SOURCE_SQL_STREAM_001", "SOURCE_SQL_STREAM_002");
        assertThat(read.outputs())
                .containsExactly(
                        new ApplicationOutput(
                                "A", new Resource(Resource.Service.KINESIS, STREAM), "CSV"),
                        new ApplicationOutput(
                                "B", new Resource(Resource.Service.FIREHOSE, DELIVERY), "JSON"),
                        new ApplicationOutput(
                                "error_stream",
                                new Resource(Resource.Service.LAMBDA, FUNCTION),
                                "JSON"));
    }

    @Test
    void readsWhatDescribeApplicationAnswers() {
        KdaApplication read =
                ApplicationDocument.readApplication(
                        "application.json",
                        """
                        {"ApplicationDetail": {
                          "ApplicationName": "alerts", "ApplicationVersionId": 3,
                          "ApplicationARN": "arn:aws:kinesisanalytics:us-east-1:123456789012:application/alerts",
                          "ApplicationStatus": "RUNNING", "CreateTimestamp": 1.5E9,
                          "LastUpdateTimestamp": 1.5E9, "ApplicationCode": "-- code",
                          "InputDescriptions": [{"InputId": "1.1", "NamePrefix": "IN",
                            "InAppStreamNames": ["IN_001"], "InputSchema": %s,
                            "InputParallelism": {"Count": 1},
                            "KinesisFirehoseInputDescription": {"ResourceARN": "%s", %s},
                            "InputStartingPositionConfiguration":
                              {"InputStartingPosition": "TRIM_HORIZON"},
                            "InputProcessingConfigurationDescription":
                              {"InputLambdaProcessorDescription": {"ResourceARN": "%s", %s}}}],
                          "OutputDescriptions": [{"OutputId": "2.1", "Name": "A",
                            "KinesisStreamsOutputDescription": {"ResourceARN": "%s", %s},
                            "DestinationSchema": {"RecordFormatType": "JSON"}}],
                          "ReferenceDataSourceDescriptions": [{"ReferenceId": "3.1",
                            "TableName": "CompanyName", "ReferenceSchema": %s,
                            "S3ReferenceDataSourceDescription": {"BucketARN": "arn:aws:s3:::refs",
                              "FileKey": "a/b.csv", "ReferenceRoleARN": "arn:x"}}]}}
                        """
                                .formatted(
                                        SCHEMA,
                                        DELIVERY,
                                        ROLE,
                                        FUNCTION,
                                        ROLE,
                                        STREAM,
                                        ROLE,
                                        CSV_SCHEMA));

        assertThat(read.inputs())
                .containsExactly(
                        new ApplicationInput(
                                "IN",
                                new RecordSchema(COLUMNS, new RecordFormat.Json("$")),
                                new Resource(Resource.Service.FIREHOSE, DELIVERY),
                                FUNCTION,
                                1,
                                "TRIM_HORIZON"));
        assertThat(read.references())
                .containsExactly(
                        new ReferenceTable(
                                "CompanyName",
                                new RecordSchema(
                                        List.of(
                                                new RecordColumn(
                                                        "Ticker",
                                                        null,
                                                        ColumnType.parse("VARCHAR(8)"))),
                                        new RecordFormat.Csv("\n", ",")),
                                null,
                                "refs",
                                "a/b.csv"));
        assertThat(read.outputs()).hasSize(1);
    }

    @Test
    void readsBothFormsOfTheSecondVersionOfTheService() {
        String created =
                """
                {"ApplicationName": "a", "RuntimeEnvironment": "SQL-1_0",
                 "ServiceExecutionRole": "arn:aws:iam::123456789012:role/r",
                 "ApplicationConfiguration": {
                   "SqlApplicationConfiguration": {"Inputs": [{"NamePrefix": "IN",
                     "InputSchema": %s, "KinesisStreamsInput": {"ResourceARN": "%s"}}]},
                   "ApplicationCodeConfiguration": {"CodeContentType": "PLAINTEXT",
                     "CodeContent": {"TextContent": "-- code"}}}}
                """
                        .formatted(SCHEMA, STREAM);
        String described =
                """
                {"ApplicationDetail": {"ApplicationName": "a", "RuntimeEnvironment": "SQL-1_0",
                 "ApplicationMode": "STREAMING",
                 "ApplicationConfigurationDescription": {
                   "VpcConfigurationDescriptions": [],
                   "ApplicationSystemRollbackConfigurationDescription": {"RollbackEnabled": false},
                   "SqlApplicationConfigurationDescription": {"InputDescriptions": [
                     {"NamePrefix": "IN", "InputSchema": %s,
                      "KinesisStreamsInputDescription": {"ResourceARN": "%s"}}]},
                   "ApplicationCodeConfigurationDescription": {"CodeContentType": "PLAINTEXT",
                     "CodeContentDescription": {"TextContent": "-- code", "CodeMD5": "x",
                       "CodeSize": 7}}}},
                 "ResponseMetadata": {"RequestId": "x", "HTTPStatusCode": 200}}
                """
                        .formatted(SCHEMA, STREAM);

        KdaApplication read = ApplicationDocument.readApplication("created", created);

        assertThat(read.code()).isEqualTo("-- code");
        assertThat(read.inputs()).hasSize(1);
        assertThat(ApplicationDocument.readApplication("described", described)).isEqualTo(read);
    }

    @Test
    void readsOptionsAndWhatStandsInForWhat() {
        String document =
                """
                {"Hydrant": {"aws.endpoint": "http://localhost:4566", "source.reader.threads": 2,
                   "Resources": {"%s": "%s"}},
                 "ApplicationDetail": {
                   "ApplicationName": "a", "ApplicationARN": "arn:aws:kinesisanalytics:us-east-1:123456789012:application/a",
                   "InputDescriptions": [{
                     "NamePrefix": "IN",
                     "KinesisFirehoseInputDescription": {"ResourceARN": "%s"},
                     "InputSchema": %s}]}}
                """
                        .formatted(DELIVERY, STREAM, DELIVERY, SCHEMA);

        KdaApplication read = ApplicationDocument.readApplication("a.json", document);

        assertThat(read.arn())
                .isEqualTo("arn:aws:kinesisanalytics:us-east-1:123456789012:application/a");
        assertThat(read.options())
                .containsOnly(
                        Map.entry("aws.endpoint", "http://localhost:4566"),
                        Map.entry("source.reader.threads", "2"));
        assertThat(read.inputs().get(0).source())
                .isEqualTo(new Resource(Resource.Service.KINESIS, STREAM));
        assertThatThrownBy(
                        () ->
                                ApplicationDocument.readApplication(
                                        "a.json", document.replace('"' + STREAM + '"', "\"in\"")))
                .hasMessageContaining(
                        "Hydrant.Resources." + DELIVERY + ": \"in\" is not allowed; an ARN of");
        assertThatThrownBy(
                        () ->
                                ApplicationDocument.readApplication(
                                        "a.json",
                                        document.replace("{\"" + DELIVERY, "{\"" + DELIVERY + "2")))
                .hasMessageContaining(
                        "Hydrant.Resources."
                                + DELIVERY
                                + "2: is no resource that the document names");
        assertThatThrownBy(
                        () ->
                                ApplicationDocument.readApplication(
                                        "a.json",
                                        document.replace("threads\": 2", "threads\": []")))
                .hasMessageContaining(
                        "Hydrant.source.reader.threads: an array is not a text, a number, true or false");
    }

    @Test
    void readsTheApplicationOfATemplateOfCloudFormationWithItsOutputsAndTables() {
        String template =
                """
                {"Parameters": {"Parallel": {"Type": "String", "Default": "2"}},
                 "Resources": {
                   "Clicks": {"Type": "AWS::Kinesis::Stream", "Properties": {"ShardCount": 1}},
                   "App": {"Type": "AWS::KinesisAnalytics::Application", "Properties": {
                     "ApplicationName": {"Ref": "AWS::StackName"},
                     "ApplicationCode": {"Fn::Join": ["\\n", ["CREATE STREAM A (a INTEGER);", "--"]]},
                     "Inputs": [{"NamePrefix": "SOURCE_SQL_STREAM", "InputSchema": %s,
                       "InputParallelism": {"Count": {"Ref": "Parallel"}},
                       "KinesisStreamsInput": {
                         "ResourceARN": {"Fn::GetAtt": ["Clicks", "Arn"]},
                         "RoleARN": {"Fn::GetAtt": "Role.Arn"}}}]}},
                   "Out": {"Type": "AWS::KinesisAnalytics::ApplicationOutput", "DependsOn": "App",
                     "Properties": {"ApplicationName": {"Ref": "App"}, "Output": {
                       "Name": "A", "DestinationSchema": {"RecordFormatType": "JSON"},
                       "KinesisFirehoseOutput": {"RoleARN": "r", "ResourceARN":
                         {"Fn::Sub": "arn:${AWS::Partition}:firehose:${AWS::Region}:123456789012:deliverystream/out"}}}}},
                   "Names": {"Type": "AWS::KinesisAnalytics::ApplicationReferenceDataSource",
                     "Properties": {"ApplicationName": {"Ref": "App"}, "ReferenceDataSource": {
                       "TableName": "Names", "ReferenceSchema": %s,
                       "S3ReferenceDataSource": {"BucketARN": "arn:aws:s3:::names",
                         "FileKey": "names.csv", "ReferenceRoleARN": {"Ref": "Role"}}}}}},
                 "Hydrant": {"Resources": {"Clicks.Arn": "%s", "AWS::Region": "us-east-1"}}}
                """
                        .formatted(SCHEMA, CSV_SCHEMA, STREAM);

        KdaApplication read = ApplicationDocument.readApplication("stack.json", template);

        assertThat(read.name()).isEqualTo("App");
        assertThat(read.code()).isEqualTo("CREATE STREAM A (a INTEGER);\n--");
        assertThat(read.inputs())
                .singleElement()
                .satisfies(
                        input -> {
                            assertThat(input.streamNames()).hasSize(2);
                            assertThat(input.source().arn()).isEqualTo(STREAM);
                        });
        assertThat(read.outputs())
                .singleElement()
                .satisfies(output -> assertThat(output.destination().arn()).isEqualTo(DELIVERY));
        assertThat(read.references())
                .singleElement()
                .satisfies(table -> assertThat(table.name()).isEqualTo("Names"));
        assertThatThrownBy(
                        () ->
                                ApplicationDocument.readApplication(
                                        "stack.json",
                                        template.replace("\"Clicks.Arn\": ", "\"x\": ")))
                .hasMessageContaining(
                        "ResourceARN: is Fn::GetAtt, which only CloudFormation resolves")
                .hasMessageContaining("\"Resources\": {\"Clicks.Arn\":");
        assertThatThrownBy(
                        () ->
                                ApplicationDocument.readApplication(
                                        "stack.json",
                                        template.replace("::Application\"", "::Job\"")))
                .hasMessageContaining("has no AWS::KinesisAnalytics::Application");
    }

    @Test
    void readsATemplateOfYamlWithItsParametersConditionsAndMappings() {
        String template =
                """
                Parameters:
                  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
                  Parallel: {Type: Number, Default: 2}
                Conditions:
                  IsLive: !Equals [!Ref Stage, live]
                Mappings:
                  Places: {test: {Region: us-east-1}, live: {Region: eu-west-1}}
                Resources:
                  Clicks:
                    Type: AWS::Kinesis::Stream
                    Properties: {Name: !Sub 'clicks-${Stage}'}
                  App:
                    Type: AWS::KinesisAnalytics::Application
                    Properties:
                      ApplicationCode: !Sub |
                        -- of ${Stage}
                        CREATE STREAM A (a INTEGER);
                      Inputs:
                        - NamePrefix: SOURCE_SQL_STREAM
                          InputSchema: %s
                          InputParallelism: {Count: !Ref Parallel}
                          KinesisStreamsInput:
                            ResourceARN: !GetAtt Clicks.Arn
                            RoleARN: !GetAtt Role.Arn
                  Out:
                    Type: AWS::KinesisAnalytics::ApplicationOutput
                    Properties:
                      ApplicationName: !Ref App
                      Output:
                        Name: A
                        DestinationSchema: {RecordFormatType: !If [IsLive, CSV, JSON]}
                        KinesisFirehoseOutput:
                          RoleARN: !GetAtt Role.Arn
                          ResourceARN: !Join ['', ['arn:aws:firehose:', !FindInMap [Places, !Ref Stage, Region],
                            ':123456789012:deliverystream/out']]
                  OnlyLive:
                    Type: AWS::KinesisAnalytics::ApplicationOutput
                    Condition: IsLive
                    Properties: {ApplicationName: !Ref App, Output: {Name: B}}
                Hydrant:
                  Resources: {'AWS::Region': us-east-1, 'AWS::AccountId': '123456789012'}
                """
                        .formatted(SCHEMA.replace("\n", " "));

        KdaApplication read = ApplicationDocument.readApplication("stack.yaml", template);

        assertThat(read.code()).isEqualTo("-- of test\nCREATE STREAM A (a INTEGER);\n");
        assertThat(read.inputs().get(0).source().arn())
                .isEqualTo("arn:aws:kinesis:us-east-1:123456789012:stream/clicks-test");
        assertThat(read.inputs().get(0).parallelism()).isEqualTo(2);
        assertThat(read.outputs())
                .extracting(output -> output.destination().arn(), output -> output.format())
                .containsExactly(tuple(DELIVERY, "JSON"));
        assertThatThrownBy(
                        () ->
                                ApplicationDocument.readApplication(
                                        "stack.yaml",
                                        template.replace("'AWS::AccountId'", "AccountId")))
                .hasMessageContaining(
                        "Hydrant.Resources.AccountId: the template has no such parameter")
                .hasMessageContaining(
                        "ResourceARN: is Fn::GetAtt, which only CloudFormation resolves; say it in"
                                + " Hydrant, as \"Resources\": {\"Clicks.Arn\": \"…\"}");
        assertThatThrownBy(() -> ApplicationDocument.readApplication("a.yml", "- 1"))
                .hasMessageContaining("is not an object of YAML");
    }

    @Test
    void readsTheSecondVersionOfAnApplicationInATemplate() {
        KdaApplication read =
                ApplicationDocument.readApplication(
                        "stack.json",
                        """
                        {"Resources": {
                           "App": {"Type": "AWS::KinesisAnalyticsV2::Application", "Properties": {
                             "ApplicationName": "clicks", "RuntimeEnvironment": "SQL-1_0",
                             "ServiceExecutionRole": {"Fn::GetAtt": ["Role", "Arn"]},
                             "ApplicationConfiguration": {
                               "ApplicationCodeConfiguration": {"CodeContentType": "PLAINTEXT",
                                 "CodeContent": {"TextContent": "--"}},
                               "SqlApplicationConfiguration": {"Inputs": [
                                 {"NamePrefix": "S", "InputSchema": %s,
                                  "KinesisStreamsInput": {"ResourceARN": "%s"}}]}}}},
                           "Out": {"Type": "AWS::KinesisAnalyticsV2::ApplicationOutput",
                             "Properties": {"ApplicationName": "clicks", "Output": {
                               "Name": "A", "DestinationSchema": {"RecordFormatType": "CSV"},
                               "LambdaOutput": {"ResourceARN": "%s"}}}}}}
                        """
                                .formatted(SCHEMA, STREAM, FUNCTION));

        assertThat(read.name()).isEqualTo("clicks");
        assertThat(read.code()).isEqualTo("--");
        assertThat(read.inputs()).hasSize(1);
        assertThat(read.outputs())
                .singleElement()
                .satisfies(output -> assertThat(output.format()).isEqualTo("CSV"));
    }

    @Test
    void readsTheOneOfSeveralApplicationsInATemplateThatIsSaid() {
        String template =
                """
                {"Parameters": {"Stage": {"Type": "String", "Default": "live"}},
                 "Resources": {
                   "Clicks": {"Type": "AWS::KinesisAnalytics::Application", "Properties": {
                     "ApplicationName": {"Fn::Sub": "clicks-${Stage}"}, "ApplicationCode": "--",
                     "Inputs": [{"NamePrefix": "S", "InputSchema": %1$s,
                       "KinesisStreamsInput": {"ResourceARN": "%2$s"}}]}},
                   "Orders": {"Type": "AWS::KinesisAnalytics::Application", "Properties": {
                     "ApplicationName": "orders", "ApplicationCode": "-- orders",
                     "Inputs": [{"NamePrefix": "S", "InputSchema": %1$s,
                       "KinesisStreamsInput": {"ResourceARN": "%2$s"}}]}},
                   "ByRef": {"Type": "AWS::KinesisAnalytics::ApplicationOutput", "Properties": {
                     "ApplicationName": {"Ref": "Clicks"}, "Output": {"Name": "A",
                       "DestinationSchema": {"RecordFormatType": "CSV"},
                       "LambdaOutput": {"ResourceARN": "%3$s"}}}},
                   "ByName": {"Type": "AWS::KinesisAnalytics::ApplicationOutput", "Properties": {
                     "ApplicationName": "clicks-live", "Output": {"Name": "B",
                       "DestinationSchema": {"RecordFormatType": "CSV"},
                       "LambdaOutput": {"ResourceARN": "%3$s"}}}},
                   "Others": {"Type": "AWS::KinesisAnalytics::ApplicationOutput", "Properties": {
                     "ApplicationName": {"Ref": "Orders"}, "Output": {"Name": "C",
                       "DestinationSchema": {"RecordFormatType": "CSV"},
                       "LambdaOutput": {"ResourceARN": "%3$s"}}}}},
                 "Hydrant": {"Application": "Clicks"}}
                """
                        .formatted(SCHEMA, STREAM, FUNCTION);

        KdaApplication clicks = ApplicationDocument.readApplication("stack.json", template);
        KdaApplication orders =
                ApplicationDocument.readApplication(
                        "stack.json",
                        template.replace(
                                "\"Application\": \"Clicks\"", "\"Application\": \"orders\""));

        assertThat(clicks.name()).isEqualTo("clicks-live");
        assertThat(clicks.outputs())
                .extracting(ApplicationOutput::streamName)
                .containsExactly("A", "B");
        assertThat(clicks.options()).isEmpty();
        assertThat(orders.code()).isEqualTo("-- orders");
        assertThat(orders.outputs()).extracting(ApplicationOutput::streamName).containsExactly("C");
        assertThatThrownBy(
                        () ->
                                ApplicationDocument.readApplication(
                                        "stack.json",
                                        template.replace("\"Application\": \"Clicks\"", "")))
                .hasMessageContaining(
                        "Resources: has 2 applications, Clicks, Orders; say in Hydrant which is to"
                                + " run, as \"Application\": \"Clicks\"");
        assertThatThrownBy(
                        () ->
                                ApplicationDocument.readApplication(
                                        "stack.json",
                                        template.replace(
                                                "\"Application\": \"Clicks\"",
                                                "\"Application\": \"Click\"")))
                .hasMessageContaining(
                        "Hydrant.Application: \"Click\" is none of the template's applications,"
                                + " which are Clicks, Orders");
        assertThatThrownBy(
                        () ->
                                ApplicationDocument.readApplication(
                                        "stack.json",
                                        template.replace(
                                                "\"clicks-live\"", "{\"Ref\": \"Elsewhere\"}")))
                .hasMessageContaining(
                        "Resources.ByName.Properties.ApplicationName: nobody can tell which");
    }

    @Test
    void readsTheSchemaOfATest() {
        KdaApplication read =
                ApplicationDocument.readSchema(
                        "schema.json",
                        """
                        {"NamePrefix": "SOURCE_SQL_STREAM", "InputSchema": %s,
                         "ReferenceDataSources": [{"TableName": "T", "File": "t.csv",
                           "ReferenceSchema": %s}],
                         "Outputs": [{"Name": "A"}]}
                        """
                                .formatted(SCHEMA, CSV_SCHEMA));

        assertThat(read.inputs().get(0).streamNames()).containsExactly("SOURCE_SQL_STREAM_001");
        assertThat(read.references().get(0).file()).isEqualTo("t.csv");
        assertThat(read.outputs()).containsExactly(new ApplicationOutput("A", null, "JSON"));
    }

    @Test
    void saysEverythingThatIsWrongWithPathValueAndRule() {
        String schema =
                """
                {"NamePrefix": "", "Nameprefix": 1, "InputParallelism": {"Count": 65},
                 "InputSchema": {
                   "RecordColumns": [
                     {"Name": "A", "Mapping": "a", "SqlType": "VARCHAR(4)"},
                     {"Name": "B", "Mapping": "$.b", "SqlType": "TEXT"},
                     {"Name": "C", "SqlType": "INTEGER"},
                     {"Name": "D", "Mapping": "$.d", "SqlType": "DECIMAL(4,5)"},
                     {"Name": "rowtime", "Mapping": "$.e", "SqlType": "DATE"}],
                   "RecordFormat": {"RecordFormatType": "XML"}, "RecordEncoding": "UTF-16"},
                 "ReferenceDataSources": [{"TableName": "T", "ReferenceSchema": %s}]}
                """
                        .formatted(CSV_SCHEMA);

        assertThatThrownBy(() -> ApplicationDocument.readSchema("schema.json", schema))
                .isInstanceOf(InvalidApplicationException.class)
                .hasMessageStartingWith("schema.json: ")
                .hasMessageContaining("NamePrefix: \"\" has 0 characters; 1 to 32 are allowed")
                .hasMessageContaining("Nameprefix: is not a field here; did you mean 'NamePrefix'?")
                .hasMessageContaining("InputParallelism.Count: 65 is not allowed; 1 to 64")
                .hasMessageContaining(
                        "InputSchema.RecordEncoding: \"UTF-16\" is not allowed; UTF-8")
                .hasMessageContaining(
                        "InputSchema.RecordFormat.RecordFormatType: \"XML\" is not allowed; JSON or CSV")
                .hasMessageContaining(
                        "InputSchema.RecordColumns[1].SqlType: \"TEXT\" is no SQL type; one of")
                .hasMessageContaining(
                        "InputSchema.RecordColumns[3].SqlType: \"DECIMAL(4,5)\" has 4 digits")
                .hasMessageContaining(
                        "InputSchema.RecordColumns[4].Name: \"rowtime\" is a column that every stream")
                .hasMessageContaining("ReferenceDataSources[0]: must say where the table is");
    }

    @Test
    void saysWhatIsWrongWithTheMappingsOfJson() {
        String schema =
                """
                {"NamePrefix": "IN", "InputSchema": {
                   "RecordColumns": [
                     {"Name": "A", "Mapping": "a", "SqlType": "VARCHAR(4)"},
                     {"Name": "A", "Mapping": "$.b[x]", "SqlType": "INTEGER"},
                     {"Name": "C", "SqlType": "INTEGER"},
                     {"Name": "D", "Mapping": "$.d", "SqlType": "INTEGER"},
                     {"Name": "D", "Mapping": "$.e", "SqlType": "INTEGER"}],
                   "RecordFormat": {"RecordFormatType": "JSON", "MappingParameters": {
                     "CSVMappingParameters": {
                       "RecordRowDelimiter": ",", "RecordColumnDelimiter": ","}}}}}
                """;

        assertThatThrownBy(() -> ApplicationDocument.readSchema("schema.json", schema))
                .isInstanceOf(InvalidApplicationException.class)
                .hasMessageContaining(
                        "RecordColumns[0].Mapping: \"a\" does not begin with $; a path looks like $.a.b")
                .hasMessageContaining(
                        "RecordColumns[1].Mapping: \"$.b[x]\" has [x]; [0:] is the whole array")
                .hasMessageContaining("RecordColumns[2].Mapping: is missing")
                .hasMessageContaining("RecordColumns[4].Name: \"D\" is the name of two columns")
                .hasMessageContaining("RecordColumnDelimiter: is also the row delimiter")
                .hasMessageContaining(
                        "RecordFormat.MappingParameters: are those of another format; JSON takes"
                                + " JSONMappingParameters");
    }

    @Test
    void saysWhatIsWrongWithConnections() {
        String application =
                """
                {"ApplicationName": "a b", "RuntimeEnvironment": "FLINK-1_20",
                 "Inputs": [{"NamePrefix": "IN", "InputSchema": %s}],
                 "Outputs": [{"Name": "A", "KinesisStreamsOutput": {"ResourceARN": "%s"}},
                   {"Name": "B"}],
                 "ReferenceDataSources": [{"TableName": "T", "ReferenceSchema": %s,
                   "S3ReferenceDataSource": {"BucketARN": "refs", "Key": "k"}}]}
                """
                        .formatted(SCHEMA, FUNCTION, CSV_SCHEMA);

        assertThatThrownBy(
                        () -> ApplicationDocument.readApplication("application.json", application))
                .isInstanceOf(InvalidApplicationException.class)
                .hasMessageContaining("ApplicationName: \"a b\" is not allowed; 1 to 128 of")
                .hasMessageContaining("RuntimeEnvironment: \"FLINK-1_20\" is not SQL")
                .hasMessageContaining(
                        "Inputs[0]: must have either KinesisStreamsInput or KinesisFirehoseInput")
                .hasMessageContaining(
                        "Outputs[0].KinesisStreamsOutput.ResourceARN: \""
                                + FUNCTION
                                + "\" is not allowed; an ARN of a Kinesis stream")
                .hasMessageContaining("Outputs[1]: must have KinesisStreamsOutput")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Outputs[0]: must have"))
                .hasMessageContaining(
                        "S3ReferenceDataSource.BucketARN: \"refs\" is not allowed; arn:aws:s3:::<bucket>")
                .hasMessageContaining("S3ReferenceDataSource.FileKey: is missing")
                .hasMessageContaining("S3ReferenceDataSource.Key: is not a field here");
    }

    @Test
    void saysWhereADocumentIsNoJson() {
        assertThatThrownBy(() -> ApplicationDocument.readSchema("schema.json", "{\n  \"a\": x}"))
                .isInstanceOf(InvalidApplicationException.class)
                .hasMessageContaining("schema.json: 1 problem\n  is not JSON at line 2, column ");
        assertThatThrownBy(() -> ApplicationDocument.readSchema("schema.json", "[]"))
                .isInstanceOf(InvalidApplicationException.class)
                .hasMessageContaining("is not a JSON object");
    }

    @Test
    void readsEveryWayToWriteAType() {
        assertThat(ColumnType.parse("varchar(16)")).hasToString("VARCHAR(16)");
        assertThat(ColumnType.parse("character  varying (16)")).hasToString("VARCHAR(16)");
        assertThat(ColumnType.parse("VARCHAR")).hasToString("VARCHAR(65535)");
        assertThat(ColumnType.parse("CHAR")).hasToString("CHAR(1)");
        assertThat(ColumnType.parse("double precision")).hasToString("DOUBLE");
        assertThat(ColumnType.parse("Numeric(5, 2)")).hasToString("DECIMAL(5,2)");
        assertThat(ColumnType.parse("DEC")).hasToString("DECIMAL(19,0)");
        assertThat(ColumnType.parse("int")).hasToString("INTEGER");
        assertThat(ColumnType.parse("TIMESTAMP(3)")).hasToString("TIMESTAMP");
        assertThatThrownBy(() -> ColumnType.parse("VARCHAR(0)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("takes one length, 1 to 65535");
        assertThatThrownBy(() -> ColumnType.parse("INTEGER(4)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("INTEGER takes no length");
    }
}
