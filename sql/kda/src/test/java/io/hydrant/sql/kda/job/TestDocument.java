package io.hydrant.sql.kda.job;

/** The document of an application over the stock ticker of AWS' guide. */
final class TestDocument {

    private TestDocument() {}

    /** An application with one output. */
    static String writing(String stream) {
        return of("arn:aws:kinesis:us-east-1:000000000000:stream/in", 1, "")
                + output(stream, "arn:aws:kinesis:us-east-1:000000000000:stream/out", "JSON")
                + "]}";
    }

    /**
     * An application up to its outputs.
     *
     * @param more fields in front of the outputs, each with a comma behind it
     */
    static String of(String inputArn, int parallelism, String more) {
        return """
               {"ApplicationName": "ticker",
                "Inputs": [{
                  "NamePrefix": "SOURCE_SQL_STREAM",
                  "InputParallelism": {"Count": %d},
                  "KinesisStreamsInput": {"ResourceARN": "%s", "RoleARN": "arn:aws:iam::000000000000:role/r"},
                  "InputSchema": {
                    "RecordColumns": [
                      {"Name": "TICKER_SYMBOL", "Mapping": "$.TICKER_SYMBOL", "SqlType": "VARCHAR(4)"},
                      {"Name": "SECTOR", "Mapping": "$.SECTOR", "SqlType": "VARCHAR(16)"},
                      {"Name": "CHANGE", "Mapping": "$.CHANGE", "SqlType": "REAL"},
                      {"Name": "PRICE", "Mapping": "$.PRICE", "SqlType": "REAL"}],
                    "RecordFormat": {"RecordFormatType": "JSON",
                      "MappingParameters": {"JSONMappingParameters": {"RecordRowPath": "$"}}},
                    "RecordEncoding": "UTF-8"}}],
                %s
                "Outputs": [
               """
                .formatted(parallelism, inputArn, more);
    }

    /** An output to a Kinesis stream. */
    static String output(String stream, String arn, String format) {
        return """
               {"Name": "%s", "KinesisStreamsOutput": {"ResourceARN": "%s", "RoleARN": "arn:aws:iam::000000000000:role/r"},
                "DestinationSchema": {"RecordFormatType": "%s"}}
               """
                .formatted(stream, arn, format);
    }

    /** A function in front of the application, as a field of an input with a comma behind it. */
    static String processor(String arn) {
        return """
               "InputProcessingConfiguration": {"InputLambdaProcessor": {"ResourceARN": "%s",
                 "RoleARN": "arn:aws:iam::000000000000:role/r"}},
               """
                .formatted(arn);
    }
}
