package io.hydrant.localstack.bench.sql;

import io.hydrant.sql.kda.application.ApplicationDocument;
import io.hydrant.sql.kda.application.KdaApplication;
import io.hydrant.sql.kda.job.KdaJob;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/** A question in the SQL of Kinesis Data Analytics, as {@code flink run --kda} would run it. */
final class AskedApplication implements Asked {

    private final SqlCaseSettings settings;
    private final Configuration config;
    private final KdaApplication application;

    AskedApplication(SqlCaseSettings settings, Configuration config) throws Exception {
        this.settings = settings;
        this.config = config;
        this.application =
                ApplicationDocument.readApplication(
                        "bids", document(settings.streamArn(), settings.answersArn()));
    }

    @Override
    public void answer() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        KdaJob.Built built =
                KdaJob.build(
                        env,
                        application,
                        settings.sqlCase().query(),
                        Bids.toTheEnd(settings.kinesis()));
        if (!built.problems().isEmpty()) {
            throw new IllegalStateException(built.problems().toString());
        }
        env.execute(settings.sqlCase().id());
    }

    @Override
    public long answers() throws Exception {
        return new Answers(
                        TableEnvironment.create(
                                EnvironmentSettings.newInstance()
                                        .withConfiguration(config)
                                        .build()),
                        settings)
                .count();
    }

    private static String document(String bids, String answers) {
        return """
               {"ApplicationName": "bids", "ApplicationCode": "",
                "Inputs": [{"NamePrefix": "BIDS",
                  "KinesisStreamsInput": {"ResourceARN": "%s"},
                  "InputSchema": {
                    "RecordColumns": [
                      {"Name": "n", "Mapping": "$.n", "SqlType": "BIGINT"},
                      {"Name": "auction", "Mapping": "$.auction", "SqlType": "BIGINT"},
                      {"Name": "bidder", "Mapping": "$.bidder", "SqlType": "BIGINT"},
                      {"Name": "price", "Mapping": "$.price", "SqlType": "BIGINT"},
                      {"Name": "url", "Mapping": "$.url", "SqlType": "VARCHAR(64)"},
                      {"Name": "at", "Mapping": "$.at", "SqlType": "VARCHAR(32)"}],
                    "RecordFormat": {"RecordFormatType": "JSON",
                      "MappingParameters": {"JSONMappingParameters": {"RecordRowPath": "$"}}},
                    "RecordEncoding": "UTF-8"}}],
                "Outputs": [{"Name": "OUT",
                  "KinesisStreamsOutput": {"ResourceARN": "%s"},
                  "DestinationSchema": {"RecordFormatType": "JSON"}}]}
               """
                .formatted(bids, answers);
    }
}
