package io.hydrant.jobs.delivery.document;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What each field of CreateDeliveryStream may be, and what is said about everything else. */
class FirehoseFieldsTest {

    private static final String LETTERS_64 = "a".repeat(64);

    /** Path, JSON value. X stands for 64 letters; S3 for the destination's name. */
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    DeliveryStreamName                              | "X"
                    DeliveryStreamName                              | "a_b.c-D9"
                    KinesisStreamSourceConfiguration.KinesisStreamARN | "arn:aws-cn:kinesis:cn-north-1:000000000000:stream/a.b_c-d"
                    KinesisStreamSourceConfiguration.RoleARN        | "arn:aws:iam::111122223333:role/path/to/name"
                    S3.RoleARN                                      | "arn:aws:iam::111122223333:role/name+=,.@-_"
                    S3.BucketARN                                    | "arn:aws:s3:::a.b-c"
                    S3.Prefix                                       | ""
                    S3.Prefix                                       | "in/"
                    S3.ErrorOutputPrefix                            | ""
                    S3.ErrorOutputPrefix                            | "failed/!{firehose:error-output-type}/"
                    S3.BufferingHints                               | {"SizeInMBs": 1, "IntervalInSeconds": 0}
                    S3.BufferingHints                               | {"SizeInMBs": 128, "IntervalInSeconds": 900}
                    S3.BufferingHints                               | {}
                    S3.CompressionFormat                            | "UNCOMPRESSED"
                    S3.CompressionFormat                            | "GZIP"
                    S3.EncryptionConfiguration                      | {"NoEncryptionConfig": "NoEncryption"}
                    S3.EncryptionConfiguration                      | {"KMSEncryptionConfig": {"AWSKMSKeyARN": "arn:aws:kms:eu-west-1:111122223333:key/1234"}}
                    S3.EncryptionConfiguration                      | {"KMSEncryptionConfig": {"AWSKMSKeyARN": "arn:aws:kms:eu-west-1:111122223333:alias/lake"}}
                    S3.EncryptionConfiguration                      | {}
                    S3.CloudWatchLoggingOptions                     | {"Enabled": false}
                    S3.CloudWatchLoggingOptions                     | {"Enabled": true, "LogGroupName": "/a/b", "LogStreamName": "S3"}
                    S3.ProcessingConfiguration                      | {"Enabled": true, "Processors": [{"Type": "Decompression", "Parameters": [{"ParameterName": "CompressionFormat", "ParameterValue": "GZIP"}]}, {"Type": "CloudWatchLogProcessing", "Parameters": [{"ParameterName": "DataMessageExtraction", "ParameterValue": "true"}]}]}
                    S3.ProcessingConfiguration                      | {"Enabled": true, "Processors": [{"Type": "RecordDeAggregation", "Parameters": [{"ParameterName": "SubRecordType", "ParameterValue": "DELIMITED"}, {"ParameterName": "Delimiter", "ParameterValue": "IyMjIw=="}]}]}
                    S3.DynamicPartitioningConfiguration             | {"Enabled": false, "RetryOptions": {"DurationInSeconds": 7200}}
                    S3.ProcessingConfiguration                      | {"Enabled": false, "Processors": []}
                    S3.ProcessingConfiguration                      | {"Enabled": false, "Processors": [{"Type": "Lambda", "Parameters": []}]}
                    S3.ProcessingConfiguration                      | {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord"}]}
                    S3.ProcessingConfiguration                      | {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord", "Parameters": [{"ParameterName": "Delimiter", "ParameterValue": "\\\\n"}]}]}
                    S3.ProcessingConfiguration                      | {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord", "Parameters": [{"ParameterName": "Delimiter", "ParameterValue": "\\n"}]}]}
                    S3.S3BackupMode                                 | "Disabled"
                    S3.DataFormatConversionConfiguration            | {"Enabled": false}
                    S3.DataFormatConversionConfiguration            | {"SchemaConfiguration": {"RoleARN": "arn:aws:iam::111122223333:role/x", "CatalogId": "111122223333", "DatabaseName": "d", "TableName": "t", "Region": "eu-west-1", "VersionId": "LATEST"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {"CaseInsensitive": true, "ConvertDotsInJsonKeysToUnderscores": false, "ColumnToJsonKeyMappings": {"ts": "timestamp"}}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {"BlockSizeBytes": 268435456, "PageSizeBytes": 1048576, "Compression": "SNAPPY", "EnableDictionaryCompression": false, "MaxPaddingBytes": 0, "WriterVersion": "V1"}}}, "Enabled": true}
                    S3.DataFormatConversionConfiguration            | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"HiveJsonSerDe": {"TimestampFormats": ["yyyy-MM-dd", "millis"]}}}, "OutputFormatConfiguration": {"Serializer": {"OrcSerDe": {"StripeSizeBytes": 67108864, "BlockSizeBytes": 268435456, "RowIndexStride": 10000, "EnablePadding": false, "PaddingTolerance": 0.05, "Compression": "SNAPPY", "BloomFilterColumns": ["a"], "BloomFilterFalsePositiveProbability": 0.05, "DictionaryKeyThreshold": 1, "FormatVersion": "V0_12"}}}}
                    S3.DynamicPartitioningConfiguration             | {"Enabled": false, "RetryOptions": {"DurationInSeconds": 300}}
                    S3.FileExtension                                | ""
                    S3.FileExtension                                | ".json.gz"
                    S3.FileExtension                                | ".a!-_.*'()0"
                    S3.CustomTimeZone                               | ""
                    S3.CustomTimeZone                               | "Asia/Tokyo"
                    Tags                                            | [{"Key": "team", "Value": "lake"}]
                    Hydrant                                         | {"parallelism": 2}
                    """)
    void allows(String path, String json) {
        assertThat(problems(path, json)).isEmpty();
    }

    /** Path, JSON value, what is said about it. */
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    DeliveryStreamName | "" | DeliveryStreamName: "" has 0 characters; 1 to 64 are allowed
                    DeliveryStreamName | "Xa" | DeliveryStreamName: "Xa" has 65 characters; 1 to 64 are allowed
                    DeliveryStreamName | "a b" | DeliveryStreamName: "a b" is not allowed; letters, digits, _ . -
                    DeliveryStreamName | 7 | DeliveryStreamName: 7 is not a text
                    DeliveryStreamName | null | DeliveryStreamName: null is not a text
                    DeliveryStreamType | "DirectPut" | KinesisStreamSourceConfiguration: stands beside DeliveryStreamType DirectPut; say KinesisStreamAsSource there, or leave it out
                    DeliveryStreamType | "MSKAsSource" | DeliveryStreamType: "MSKAsSource" is valid in Firehose but not built yet; KinesisStreamSourceConfiguration and DirectPut are; way out: let producers put into a Kinesis stream, as the SDKs, the Kinesis Agent, Fluent Bit and Kafka Connect do, and name it by --set DeliveryStreamType=KinesisStreamAsSource --set KinesisStreamSourceConfiguration.KinesisStreamARN=ARN
                    DeliveryStreamType | "DatabaseAsSource" | DeliveryStreamType: "DatabaseAsSource" is valid in Firehose but not built yet; KinesisStreamSourceConfiguration and DirectPut are; way out: let producers put into a Kinesis stream, as the SDKs, the Kinesis Agent, Fluent Bit and Kafka Connect do, and name it by --set DeliveryStreamType=KinesisStreamAsSource --set KinesisStreamSourceConfiguration.KinesisStreamARN=ARN
                    DeliveryStreamType | "kinesis" | DeliveryStreamType: "kinesis" is not allowed; KinesisStreamAsSource or DirectPut
                    MSKSourceConfiguration | {} | MSKSourceConfiguration: is valid in Firehose but not built yet; KinesisStreamSourceConfiguration and DirectPut are; way out: let producers put into a Kinesis stream, as the SDKs, the Kinesis Agent, Fluent Bit and Kafka Connect do, and name it by --set DeliveryStreamType=KinesisStreamAsSource --set KinesisStreamSourceConfiguration.KinesisStreamARN=ARN
                    DatabaseSourceConfiguration | {} | DatabaseSourceConfiguration: is valid in Firehose but not built yet; KinesisStreamSourceConfiguration and DirectPut are; way out: let producers put into a Kinesis stream, as the SDKs, the Kinesis Agent, Fluent Bit and Kafka Connect do, and name it by --set DeliveryStreamType=KinesisStreamAsSource --set KinesisStreamSourceConfiguration.KinesisStreamARN=ARN
                    DeliveryStreamEncryptionConfigurationInput | {"KeyType": "AWS_OWNED_CMK"} | DeliveryStreamEncryptionConfigurationInput: goes with DeliveryStreamType DirectPut only; a Kinesis stream is encrypted at the stream
                    KinesisStreamSourceConfiguration | [] | KinesisStreamSourceConfiguration: an array is not an object
                    KinesisStreamSourceConfiguration | {} | KinesisStreamSourceConfiguration.KinesisStreamARN: is missing
                    KinesisStreamSourceConfiguration.KinesisStreamARN | "clicks" | KinesisStreamSourceConfiguration.KinesisStreamARN: "clicks" is not allowed; arn:aws:kinesis:<region>:<12 digits>:stream/<name>
                    KinesisStreamSourceConfiguration.RoleARN | "admin" | KinesisStreamSourceConfiguration.RoleARN: "admin" is not allowed; arn:aws:iam::<12 digits>:role/<name>
                    KinesisStreamSourceConfiguration.RolARN | "x" | KinesisStreamSourceConfiguration.RolARN: is not a field here; did you mean 'RoleARN'?
                    ElasticsearchDestinationConfiguration | {} | ElasticsearchDestinationConfiguration: is valid in Firehose but not built yet; ExtendedS3DestinationConfiguration, IcebergDestinationConfiguration and RedshiftDestinationConfiguration are
                    AmazonopensearchserviceDestinationConfiguration | {} | AmazonopensearchserviceDestinationConfiguration: is valid in Firehose but not built yet; ExtendedS3DestinationConfiguration, IcebergDestinationConfiguration and RedshiftDestinationConfiguration are
                    AmazonOpenSearchServerlessDestinationConfiguration | {} | AmazonOpenSearchServerlessDestinationConfiguration: is valid in Firehose but not built yet; ExtendedS3DestinationConfiguration, IcebergDestinationConfiguration and RedshiftDestinationConfiguration are
                    SplunkDestinationConfiguration | {"HECToken": "geheim"} | SplunkDestinationConfiguration: is valid in Firehose but not built yet; ExtendedS3DestinationConfiguration, IcebergDestinationConfiguration and RedshiftDestinationConfiguration are
                    HttpEndpointDestinationConfiguration | {} | HttpEndpointDestinationConfiguration: is valid in Firehose but not built yet; ExtendedS3DestinationConfiguration, IcebergDestinationConfiguration and RedshiftDestinationConfiguration are
                    SnowflakeDestinationConfiguration | {} | SnowflakeDestinationConfiguration: is valid in Firehose but not built yet; ExtendedS3DestinationConfiguration, IcebergDestinationConfiguration and RedshiftDestinationConfiguration are
                    S3DestinationConfiguration | {"BucketARN": "arn:aws:s3:::b"} | S3DestinationConfiguration: stands beside ExtendedS3DestinationConfiguration; give one of them
                    S3 | {} | S3.BucketARN: is missing
                    S3.RoleARN | "arn:aws:iam::1:role/x" | S3.RoleARN: "arn:aws:iam::1:role/x" is not allowed; arn:aws:iam::<12 digits>:role/<name>
                    S3.BucketARN | "s3://lake" | S3.BucketARN: "s3://lake" is not allowed; arn:aws:s3:::<bucket>
                    S3.Prefix | true | S3.Prefix: true is not a text
                    S3.Prefix | "a\\nb" | S3.Prefix: "a\\nb" is not allowed; one line of text
                    S3.Prefix | "in/!{timestamp:yyyy}/" | S3.ErrorOutputPrefix: An error prefix is required, since the prefix 'in/!{timestamp:yyyy}/' holds an expression; for example 'errors/!{firehose:error-output-type}/'
                    S3.ErrorOutputPrefix | "failed/!{timestamp:yyyy}/" | S3.ErrorOutputPrefix: 'failed/!{timestamp:yyyy}/' holds an expression, so it must hold !{firehose:error-output-type}
                    S3.BufferingHints | {"SizeInMBs": 0, "IntervalInSeconds": 60} | S3.BufferingHints.SizeInMBs: 0 is not allowed; 1 to 128
                    S3.BufferingHints | {"SizeInMBs": 129, "IntervalInSeconds": 60} | S3.BufferingHints.SizeInMBs: 129 is not allowed; 1 to 128
                    S3.BufferingHints | {"SizeInMBs": 1.5, "IntervalInSeconds": 60} | S3.BufferingHints.SizeInMBs: 1.5 is not a whole number; 1 to 128
                    S3.BufferingHints | {"SizeInMBs": "5", "IntervalInSeconds": 60} | S3.BufferingHints.SizeInMBs: "5" is not a whole number; 1 to 128
                    S3.BufferingHints | {"SizeInMBs": 99999999999, "IntervalInSeconds": 60} | S3.BufferingHints.SizeInMBs: 99999999999 is not allowed; 1 to 128
                    S3.BufferingHints | {"SizeInMBs": 5, "IntervalInSeconds": -1} | S3.BufferingHints.IntervalInSeconds: -1 is not allowed; 0 to 900
                    S3.BufferingHints | {"SizeInMBs": 5, "IntervalInSeconds": 901} | S3.BufferingHints.IntervalInSeconds: 901 is not allowed; 0 to 900
                    S3.BufferingHints | {"SizeInMBs": 5} | S3.BufferingHints.IntervalInSeconds: is missing; Firehose wants it wherever SizeInMBs is
                    S3.BufferingHints | {"IntervalInSeconds": 5} | S3.BufferingHints.SizeInMBs: is missing; Firehose wants it wherever IntervalInSeconds is
                    S3.BufferingHints.SizeInMB | 5 | S3.BufferingHints.SizeInMB: is not a field here; did you mean 'SizeInMBs'?
                    S3.CompressionFormat | "gzip" | S3.CompressionFormat: "gzip" is not allowed; UNCOMPRESSED or GZIP or ZIP or Snappy or HADOOP_SNAPPY
                    S3.CompressionFormat | "ZSTD" | S3.CompressionFormat: "ZSTD" is not allowed; UNCOMPRESSED or GZIP or ZIP or Snappy or HADOOP_SNAPPY
                    S3.CompressionFormat | "SNAPPY" | S3.CompressionFormat: "SNAPPY" is not allowed; UNCOMPRESSED or GZIP or ZIP or Snappy or HADOOP_SNAPPY
                    S3.EncryptionConfiguration | {"NoEncryptionConfig": "None"} | S3.EncryptionConfiguration.NoEncryptionConfig: "None" is not allowed; NoEncryption
                    S3.EncryptionConfiguration | {"KMSEncryptionConfig": {}} | S3.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN: is missing
                    S3.EncryptionConfiguration | {"KMSEncryptionConfig": {"AWSKMSKeyARN": "k"}} | S3.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN: "k" is not allowed; arn:aws:kms:<region>:<12 digits>:key/<id>
                    S3.EncryptionConfiguration | {"NoEncryptionConfig": "NoEncryption", "KMSEncryptionConfig": {"AWSKMSKeyARN": "arn:aws:kms:eu-west-1:111122223333:key/1"}} | S3.EncryptionConfiguration.NoEncryptionConfig: contradicts KMSEncryptionConfig; give one of them
                    S3.CloudWatchLoggingOptions | {"Enabled": "yes"} | S3.CloudWatchLoggingOptions.Enabled: "yes" is not allowed; true or false
                    S3.CloudWatchLoggingOptions | {"Enabled": true, "LogStreamName": "s"} | S3.CloudWatchLoggingOptions.LogGroupName: is missing
                    S3.CloudWatchLoggingOptions | {"Enabled": true, "LogGroupName": "g"} | S3.CloudWatchLoggingOptions.LogStreamName: is missing
                    S3.CloudWatchLoggingOptions | {"LogGroupName": "a b"} | S3.CloudWatchLoggingOptions.LogGroupName: "a b" is not allowed; letters, digits, . - _ / #
                    S3.CloudWatchLoggingOptions | {"LogStreamName": "a:b"} | S3.CloudWatchLoggingOptions.LogStreamName: "a:b" is not allowed; anything without : and *
                    S3.ProcessingConfiguration | {"Processors": [{"Type": "Lambda"}]} | S3.ProcessingConfiguration.Enabled: is missing; true where the Processors are to work, else false
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "Lambda"}]} | S3.ProcessingConfiguration.Processors[0].Parameters: has no LambdaArn; the ARN of a function is needed
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "Lambda", "Parameters": [{"ParameterName": "LambdaArn", "ParameterValue": "enrich"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[0].ParameterValue: 'enrich' is no ARN of a Lambda function; one looks like arn:aws:lambda:us-east-1:123456789012:function:my-function:my-alias
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "Lambda", "Parameters": [{"ParameterName": "LambdaArn", "ParameterValue": "arn:aws:lambda:eu-west-1:111122223333:function:enrich"}, {"ParameterName": "NumberOfRetries", "ParameterValue": "301"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[1].ParameterValue: "301" is not allowed; a whole number, 0 to 300
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "Lambda", "Parameters": [{"ParameterName": "LambdaArn", "ParameterValue": "arn:aws:lambda:eu-west-1:111122223333:function:enrich"}, {"ParameterName": "NumberOfRetries", "ParameterValue": "1.5"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[1].ParameterValue: "1.5" is not allowed; a whole number, 0 to 300
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "Lambda", "Parameters": [{"ParameterName": "LambdaArn", "ParameterValue": "arn:aws:lambda:eu-west-1:111122223333:function:enrich"}, {"ParameterName": "NumberOfRetries", "ParameterValue": "many"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[1].ParameterValue: "many" is not allowed; a whole number, 0 to 300
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "Lambda", "Parameters": [{"ParameterName": "LambdaArn", "ParameterValue": "arn:aws:lambda:eu-west-1:111122223333:function:enrich"}, {"ParameterName": "BufferSizeInMBs", "ParameterValue": "0.1"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[1].ParameterValue: "0.1" is not allowed; a number, 0.2 to 3
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "Lambda", "Parameters": [{"ParameterName": "LambdaArn", "ParameterValue": "arn:aws:lambda:eu-west-1:111122223333:function:enrich"}, {"ParameterName": "BufferSizeInMBs", "ParameterValue": "4"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[1].ParameterValue: "4" is not allowed; a number, 0.2 to 3
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "Lambda", "Parameters": [{"ParameterName": "LambdaArn", "ParameterValue": "arn:aws:lambda:eu-west-1:111122223333:function:enrich"}, {"ParameterName": "BufferIntervalInSeconds", "ParameterValue": "901"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[1].ParameterValue: "901" is not allowed; a whole number, 0 to 900
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "Lambda", "Parameters": [{"ParameterName": "LambdaArn", "ParameterValue": "arn:aws:lambda:eu-west-1:111122223333:function:enrich"}, {"ParameterName": "RoleArn", "ParameterValue": "enricher"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[1].ParameterValue: "enricher" is not allowed; arn:aws:iam::<12 digits>:role/<name>
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "Lambda", "Parameters": [{"ParameterName": "LambdaArn", "ParameterValue": "arn:aws:lambda:eu-west-1:111122223333:function:enrich"}, {"ParameterName": "Delimiter", "ParameterValue": "x"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[1].ParameterName: "Delimiter" does not go with Lambda; LambdaArn or NumberOfRetries or RoleArn or BufferSizeInMBs or BufferIntervalInSeconds
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": {}} | S3.ProcessingConfiguration.Processors: an object is not an array
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": ["Lambda"]} | S3.ProcessingConfiguration.Processors[0]: "Lambda" is not an object
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{}]} | S3.ProcessingConfiguration.Processors[0].Type: is missing
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord", "Parameters": [{"ParameterName": "Delimiter", "ParameterValue": "#"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[0].ParameterValue: "#" is not built yet as a delimiter; "\\\\n"
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord", "Parameters": [{"ParameterName": "SubRecordType", "ParameterValue": "JSON"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[0].ParameterName: "SubRecordType" does not go with AppendDelimiterToRecord; Delimiter
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord", "Parameters": [{"ParameterName": "Delimiter"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[0].ParameterValue: is missing
                    S3.S3BackupMode | "Enabled" | S3.S3BackupConfiguration: is missing, and S3BackupMode is Enabled
                    S3.S3BackupMode | "On" | S3.S3BackupMode: "On" is not allowed; Disabled or Enabled
                    S3 | {"BucketARN": "arn:aws:s3:::b", "S3BackupMode": "Enabled", "S3BackupConfiguration": {"RoleARN": "arn:aws:iam::111122223333:role/w"}} | S3.S3BackupConfiguration.BucketARN: is missing
                    S3 | {"BucketARN": "arn:aws:s3:::b", "S3BackupMode": "Enabled", "S3BackupConfiguration": {"BucketARN": "arn:aws:s3:::vault", "CompressionFormat": "ZSTD"}} | S3.S3BackupConfiguration.CompressionFormat: "ZSTD" is not allowed; UNCOMPRESSED or GZIP or ZIP or Snappy or HADOOP_SNAPPY
                    S3 | {"BucketARN": "arn:aws:s3:::b", "S3BackupMode": "Enabled", "S3BackupConfiguration": {"BucketARN": "arn:aws:s3:::vault", "S3BackupMode": "Enabled"}} | S3.S3BackupConfiguration.S3BackupMode: is not a field here
                    S3 | {"BucketARN": "arn:aws:s3:::b", "S3BackupMode": "Enabled", "S3BackupConfiguration": {"BucketARN": "arn:aws:s3:::vault", "Prefix": "!{partitionKeyFromQuery:a}/", "ErrorOutputPrefix": "e/!{firehose:error-output-type}/"}} | S3.S3BackupConfiguration.Prefix: "!{partitionKeyFromQuery:a}/" holds a partitioning key, and DynamicPartitioningConfiguration is not enabled
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}} | S3.DataFormatConversionConfiguration.SchemaConfiguration.TableName: is missing
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}} | S3.DataFormatConversionConfiguration.SchemaConfiguration.DatabaseName: is missing
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": " "}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}} | S3.DataFormatConversionConfiguration.SchemaConfiguration.TableName: " " is not allowed; a text that is not blank
                    S3.DataFormatConversionConfiguration | {"InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}} | S3.DataFormatConversionConfiguration.SchemaConfiguration: is missing
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}} | S3.DataFormatConversionConfiguration.InputFormatConfiguration: is missing
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration: is missing
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}} | S3.DataFormatConversionConfiguration.InputFormatConfiguration.Deserializer: is missing
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}} | S3.DataFormatConversionConfiguration.InputFormatConfiguration.Deserializer.OpenXJsonSerDe: is missing; give it or HiveJsonSerDe, {} for its defaults
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}, "HiveJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}} | S3.DataFormatConversionConfiguration.InputFormatConfiguration.Deserializer.HiveJsonSerDe: stands beside OpenXJsonSerDe; give one of them
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {"CaseInsensitiv": true}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}} | S3.DataFormatConversionConfiguration.InputFormatConfiguration.Deserializer.OpenXJsonSerDe.CaseInsensitiv: is not a field here; did you mean 'CaseInsensitive'?
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"HiveJsonSerDe": {"TimestampFormats": ["bbb"]}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}} | S3.DataFormatConversionConfiguration.InputFormatConfiguration.Deserializer.HiveJsonSerDe.TimestampFormats: 'bbb' is no pattern of Joda-Time: Illegal pattern component: bbb
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {"BlockSizeBytes": 67108863}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.ParquetSerDe.BlockSizeBytes: 67108863 is not allowed; 67108864 to 2147483647
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {"PageSizeBytes": 65535}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.ParquetSerDe.PageSizeBytes: 65535 is not allowed; 65536 to 2147483647
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {"Compression": "ZSTD"}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.ParquetSerDe.Compression: "ZSTD" is not allowed; UNCOMPRESSED or GZIP or SNAPPY
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {"MaxPaddingBytes": -1}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.ParquetSerDe.MaxPaddingBytes: -1 is not allowed; 0 to 2147483647
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {"WriterVersion": "V3"}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.ParquetSerDe.WriterVersion: "V3" is not allowed; V1 or V2
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"OrcSerDe": {"StripeSizeBytes": 8388607}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.OrcSerDe.StripeSizeBytes: 8388607 is not allowed; 8388608 to 2147483647
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"OrcSerDe": {"BlockSizeBytes": 1}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.OrcSerDe.BlockSizeBytes: 1 is not allowed; 67108864 to 2147483647
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"OrcSerDe": {"RowIndexStride": 999}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.OrcSerDe.RowIndexStride: 999 is not allowed; 1000 to 2147483647
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"OrcSerDe": {"PaddingTolerance": 1.5}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.OrcSerDe.PaddingTolerance: 1.5 is not allowed; a number from 0 to 1
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"OrcSerDe": {"Compression": "GZIP"}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.OrcSerDe.Compression: "GZIP" is not allowed; NONE or ZLIB or SNAPPY
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"OrcSerDe": {"BloomFilterFalsePositiveProbability": -0.1}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.OrcSerDe.BloomFilterFalsePositiveProbability: -0.1 is not allowed; a number from 0 to 1
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"OrcSerDe": {"DictionaryKeyThreshold": "x"}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.OrcSerDe.DictionaryKeyThreshold: "x" is not allowed; a number from 0 to 1
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"OrcSerDe": {"FormatVersion": "V1"}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.OrcSerDe.FormatVersion: "V1" is not allowed; V0_11 or V0_12
                    S3.DataFormatConversionConfiguration | {"SchemaConfiguration": {"DatabaseName": "d", "TableName": "t"}, "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}}, "OutputFormatConfiguration": {"Serializer": {"OrcSerDe": {"BloomFilterColumns": [1]}}}} | S3.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.OrcSerDe.BloomFilterColumns[0]: 1 is not a text
                    S3.DataFormatConversionConfiguration | {"Enabled": 1} | S3.DataFormatConversionConfiguration.Enabled: 1 is not allowed; true or false
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "RecordDeAggregation", "Parameters": []}]} | S3.ProcessingConfiguration.Processors[0].Parameters: has no SubRecordType; JSON or DELIMITED is needed
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "RecordDeAggregation", "Parameters": [{"ParameterName": "SubRecordType", "ParameterValue": "XML"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[0].ParameterValue: "XML" is not allowed; JSON or DELIMITED
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "RecordDeAggregation", "Parameters": [{"ParameterName": "SubRecordType", "ParameterValue": "DELIMITED"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters: has no Delimiter; what stands between records, in base64 is needed
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "RecordDeAggregation", "Parameters": [{"ParameterName": "SubRecordType", "ParameterValue": "DELIMITED"}, {"ParameterName": "Delimiter", "ParameterValue": "####"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[1].ParameterValue: "####" is not base64; IyMjIw== stands for ####
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "Decompression", "Parameters": []}]} | S3.ProcessingConfiguration.Processors[0].Parameters: has no CompressionFormat; GZIP is needed
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "Decompression", "Parameters": [{"ParameterName": "CompressionFormat", "ParameterValue": "ZIP"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[0].ParameterValue: "ZIP" is not allowed; GZIP
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "CloudWatchLogProcessing", "Parameters": [{"ParameterName": "DataMessageExtraction", "ParameterValue": "true"}]}]} | S3.ProcessingConfiguration.Processors[0].Type: "CloudWatchLogProcessing" goes with the processor Decompression only, and there is none
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "Decompression", "Parameters": [{"ParameterName": "CompressionFormat", "ParameterValue": "GZIP"}]}, {"Type": "CloudWatchLogProcessing", "Parameters": [{"ParameterName": "DataMessageExtraction", "ParameterValue": "yes"}]}]} | S3.ProcessingConfiguration.Processors[1].Parameters[0].ParameterValue: "yes" is not allowed; true or false
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "MetadataExtraction", "Parameters": [{"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters: has no MetadataExtractionQuery; a jq query such as {id: .id} is needed
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "MetadataExtraction", "Parameters": [{"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{a:.a}"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters: has no JsonParsingEngine; JQ-1.6 is needed
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "MetadataExtraction", "Parameters": [{"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{a:.a}"}, {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.7"}]}]} | S3.ProcessingConfiguration.Processors[0].Parameters[1].ParameterValue: "JQ-1.7" is not allowed; JQ-1.6
                    S3.ProcessingConfiguration | {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord"}, {"Type": "AppendDelimiterToRecord"}]} | S3.ProcessingConfiguration.Processors[1].Type: "AppendDelimiterToRecord" is given twice; once is allowed
                    S3.DynamicPartitioningConfiguration | {"Enabled": true} | S3.Prefix: nothing holds no partitioning key, and dynamic partitioning is enabled; it needs one, such as !{partitionKeyFromQuery:id}
                    S3.DynamicPartitioningConfiguration | {"RetryOptions": {"DurationInSeconds": 7201}} | S3.DynamicPartitioningConfiguration.RetryOptions.DurationInSeconds: 7201 is not allowed; 0 to 7200
                    S3.DynamicPartitioningConfiguration | {"Enable": true} | S3.DynamicPartitioningConfiguration.Enable: is not a field here; did you mean 'Enabled'?
                    S3.FileExtension | "json" | S3.FileExtension: "json" is not allowed; a dot and then characters of 0-9 a-z ! - _ . * ' ( )
                    S3.FileExtension | ".JSON" | S3.FileExtension: ".JSON" is not allowed; a dot and then characters of 0-9 a-z ! - _ . * ' ( )
                    S3.CustomTimeZone | "Europe/Bärlin" | S3.CustomTimeZone: "Europe/Bärlin" is not allowed; a name such as Europe/Berlin
                    S3.CustomTimeZone | "Mars/Phobos" | S3.CustomTimeZone: "Mars/Phobos" is not the name of a time zone; one of the IANA data base such as Asia/Tokyo
                    Tags | {} | Tags: an object is not an array
                    Hydrant | [] | Hydrant: an array is not an object
                    Hydrant | {"aws.endpoint": {"url": "x"}} | Hydrant.aws.endpoint: an object is not a text, a number, true or false
                    Hydrant | {"aws.endpoint": null} | Hydrant.aws.endpoint: null is not a text, a number, true or false
                    hydrant | {} | hydrant: is not a field here; did you mean 'Hydrant'?
                    """)
    void refuses(String path, String json, String problem) {
        assertThat(problems(path, json)).containsExactly(expanded(problem));
    }

    private static String expanded(String text) {
        return text.replace("\"X", '"' + LETTERS_64)
                .replaceAll("^S3(?=[.:]|$)", "ExtendedS3DestinationConfiguration");
    }

    private static List<String> problems(String path, String json) {
        JsonDocument document = Documents.with(Documents.create(), expanded(path), expanded(json));
        Problems problems = new Problems();
        FirehoseDocument.hydrantOptions(document, problems);
        FirehoseDocument.read(document, problems);
        return problems.all();
    }
}
