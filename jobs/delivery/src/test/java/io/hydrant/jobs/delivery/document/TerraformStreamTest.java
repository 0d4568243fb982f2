package io.hydrant.jobs.delivery.document;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TerraformStreamTest {

    private static final String LAKE =
            """
            {"address": "module.lake.aws_kinesis_firehose_delivery_stream.orders", "mode": "managed",
             "type": "aws_kinesis_firehose_delivery_stream", "name": "orders", "schema_version": 1,
             "values": {
               "name": "orders", "arn": "arn:aws:firehose:eu-west-1:111122223333:deliverystream/orders", "id": "x",
               "destination": "extended_s3", "destination_id": "destinationId-000000000001", "version_id": "1",
               "region": "eu-west-1", "tags": {"a": "b"}, "tags_all": {"a": "b"}, "timeouts": null,
               "server_side_encryption": [{"enabled": false, "key_arn": null, "key_type": "AWS_OWNED_CMK"}],
               "kinesis_source_configuration": [{"kinesis_stream_arn": "arn:aws:kinesis:eu-west-1:111122223333:stream/in", "role_arn": "arn:aws:iam::111122223333:role/r"}],
               "msk_source_configuration": [], "redshift_configuration": [], "splunk_configuration": [],
               "extended_s3_configuration": [{
                 "role_arn": "arn:aws:iam::111122223333:role/r", "bucket_arn": "arn:aws:s3:::lake",
                 "prefix": "c=!{partitionKeyFromQuery:c}/", "error_output_prefix": "e/!{firehose:error-output-type}/",
                 "buffering_size": 128, "buffering_interval": 60, "compression_format": "UNCOMPRESSED",
                 "kms_key_arn": "", "custom_time_zone": "Europe/Berlin", "file_extension": ".pq",
                 "cloudwatch_logging_options": [{"enabled": false, "log_group_name": "", "log_stream_name": ""}],
                 "dynamic_partitioning_configuration": [{"enabled": true, "retry_duration": 300}],
                 "processing_configuration": [{"enabled": true, "processors": [
                   {"type": "RecordDeAggregation", "parameters": [{"parameter_name": "SubRecordType", "parameter_value": "JSON"}]},
                   {"type": "AppendDelimiterToRecord", "parameters": []},
                   {"type": "MetadataExtraction", "parameters": [
                     {"parameter_name": "JsonParsingEngine", "parameter_value": "JQ-1.6"},
                     {"parameter_name": "MetadataExtractionQuery", "parameter_value": "{c: .c}"}]}]}],
                 "s3_backup_mode": "Enabled",
                 "s3_backup_configuration": [{"role_arn": "arn:aws:iam::111122223333:role/r", "bucket_arn": "arn:aws:s3:::raw",
                   "prefix": "", "error_output_prefix": "", "buffering_size": 5, "buffering_interval": 300, "compression_format": "GZIP",
                   "kms_key_arn": "arn:aws:kms:eu-west-1:111122223333:key/k", "cloudwatch_logging_options": []}],
                 "data_format_conversion_configuration": [{"enabled": true,
                   "input_format_configuration": [{"deserializer": [{"hive_json_ser_de": [],
                     "open_x_json_ser_de": [{"case_insensitive": false, "column_to_json_key_mappings": {"ts_text": "time_stamp"}, "convert_dots_in_json_keys_to_underscores": true}]}]}],
                   "output_format_configuration": [{"serializer": [{"orc_ser_de": [],
                     "parquet_ser_de": [{"block_size_bytes": 268435456, "compression": "GZIP", "enable_dictionary_compression": false, "max_padding_bytes": 0, "page_size_bytes": 1048576, "writer_version": "V2"}]}]}],
                   "schema_configuration": [{"catalog_id": "111122223333", "database_name": "db", "table_name": "t", "region": "eu-west-1", "role_arn": "arn:aws:iam::111122223333:role/r", "version_id": "LATEST"}]}]
               }]},
             "sensitive_values": {}}
            """;

    private final Problems problems = new Problems();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"format_version\": \"1.0\", \"terraform_version\": \"1.9.0\", \"values\": {\"root_module\": {\"resources\": [], \"child_modules\": [{\"child_modules\": [{\"resources\": [%s]}]}]}}}",
                "{\"format_version\": \"1.2\", \"planned_values\": {\"root_module\": {\"resources\": [%s]}}, \"prior_state\": {}}",
            })
    void readsAStateAndAPlanLikeTheInputOfCreateDeliveryStream(String shown) {
        FirehoseDelivery delivery =
                FirehoseDocument.read(
                        JsonDocument.parse("tf.json", shown.formatted(LAKE)), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(delivery).isEqualTo(written());
    }

    @Test
    void readsAStateFile() {
        String values =
                LAKE.substring(LAKE.indexOf("\"values\": ") + 10, LAKE.indexOf("\"sensitive"));
        String state =
                """
                {"version": 4, "terraform_version": "1.9.0", "resources": [
                  {"mode": "data", "type": "aws_kinesis_firehose_delivery_stream", "name": "other", "instances": [{"attributes": {}}]},
                  {"module": "module.lake", "mode": "managed", "type": "aws_kinesis_firehose_delivery_stream", "name": "orders",
                   "instances": [{"index_key": "eu", "attributes": %s}]}]}
                """
                        .formatted(values.strip().replaceAll(",$", ""));

        JsonDocument document =
                JsonDocument.parse(
                        "terraform.tfstate",
                        state,
                        Map.of(
                                "Resource",
                                "module.lake.aws_kinesis_firehose_delivery_stream.orders[\"eu\"]"));

        assertThat(FirehoseDocument.read(document, problems)).isEqualTo(written());
        assertThat(problems.all()).isEmpty();
    }

    /** The same as people write it for the API. */
    private static FirehoseDelivery written() {
        Problems none = new Problems();
        FirehoseDelivery delivery =
                FirehoseDocument.read(
                        JsonDocument.parse(
                                "c.json",
                                """
                                {"DeliveryStreamName": "orders", "DeliveryStreamType": "KinesisStreamAsSource",
                                 "KinesisStreamSourceConfiguration": {"KinesisStreamARN": "arn:aws:kinesis:eu-west-1:111122223333:stream/in", "RoleARN": "arn:aws:iam::111122223333:role/r"},
                                 "ExtendedS3DestinationConfiguration": {
                                   "RoleARN": "arn:aws:iam::111122223333:role/r", "BucketARN": "arn:aws:s3:::lake",
                                   "Prefix": "c=!{partitionKeyFromQuery:c}/", "ErrorOutputPrefix": "e/!{firehose:error-output-type}/",
                                   "BufferingHints": {"SizeInMBs": 128, "IntervalInSeconds": 60}, "CompressionFormat": "UNCOMPRESSED",
                                   "CustomTimeZone": "Europe/Berlin", "FileExtension": ".pq",
                                   "DynamicPartitioningConfiguration": {"Enabled": true, "RetryOptions": {"DurationInSeconds": 300}},
                                   "ProcessingConfiguration": {"Enabled": true, "Processors": [
                                     {"Type": "RecordDeAggregation", "Parameters": [{"ParameterName": "SubRecordType", "ParameterValue": "JSON"}]},
                                     {"Type": "AppendDelimiterToRecord"},
                                     {"Type": "MetadataExtraction", "Parameters": [
                                       {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"},
                                       {"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{c: .c}"}]}]},
                                   "S3BackupMode": "Enabled",
                                   "S3BackupConfiguration": {"RoleARN": "arn:aws:iam::111122223333:role/r", "BucketARN": "arn:aws:s3:::raw",
                                     "BufferingHints": {"SizeInMBs": 5, "IntervalInSeconds": 300}, "CompressionFormat": "GZIP",
                                     "EncryptionConfiguration": {"KMSEncryptionConfig": {"AWSKMSKeyARN": "arn:aws:kms:eu-west-1:111122223333:key/k"}}},
                                   "DataFormatConversionConfiguration": {"Enabled": true,
                                     "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {"CaseInsensitive": false, "ColumnToJsonKeyMappings": {"ts_text": "time_stamp"}, "ConvertDotsInJsonKeysToUnderscores": true}}},
                                     "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {"BlockSizeBytes": 268435456, "Compression": "GZIP", "EnableDictionaryCompression": false, "MaxPaddingBytes": 0, "PageSizeBytes": 1048576, "WriterVersion": "V2"}}},
                                     "SchemaConfiguration": {"CatalogId": "111122223333", "DatabaseName": "db", "TableName": "t", "Region": "eu-west-1", "RoleARN": "arn:aws:iam::111122223333:role/r", "VersionId": "LATEST"}}
                                 }}
                                """),
                        none);
        assertThat(none.all()).isEmpty();
        return delivery;
    }

    @Test
    void readsTheOtherDestinationsThatThereAre() {
        String s3 =
                """
                "s3_configuration": [{"role_arn": "arn:aws:iam::111122223333:role/r", "bucket_arn": "arn:aws:s3:::stage"}]
                """;
        FirehoseDelivery redshift =
                read(
                        "redshift",
                        """
                        {"cluster_jdbcurl": "jdbc:redshift://c.x.eu-west-1.redshift.amazonaws.com:5439/dev", "username": "u", "password": "secret-word",
                         "role_arn": "arn:aws:iam::111122223333:role/r", "data_table_name": "t", "data_table_columns": "a,b",
                         "copy_options": "json 'auto'", "retry_duration": 3600, "s3_backup_mode": "Disabled", %s}
                        """
                                .formatted(s3));
        assertThat(problems.all()).isEmpty();
        assertThat(redshift.redshift()).isNotNull();

        FirehoseDelivery iceberg =
                read(
                        "iceberg",
                        """
                        {"append_only": false, "buffering_interval": 60, "buffering_size": 5, "catalog_arn": "arn:aws:glue:eu-west-1:111122223333:catalog",
                         "role_arn": "arn:aws:iam::111122223333:role/r", "retry_duration": 300, "s3_backup_mode": "FailedDataOnly",
                         "destination_table_configuration": [{"database_name": "db", "table_name": "t", "unique_keys": ["id"], "s3_error_output_prefix": ""}], %s}
                        """
                                .formatted(s3));
        assertThat(problems.all()).isEmpty();
        assertThat(iceberg.iceberg()).isNotNull();
    }

    @Test
    void namesWhatIsNotBuiltAsInTheApi() {
        read("splunk", "{\"hec_endpoint\": \"https://x:8088\", \"hec_token\": \"secret-word\"}");

        assertThat(problems.all())
                .singleElement()
                .asString()
                .startsWith(
                        "SplunkDestinationConfiguration: is valid in Firehose but not built yet")
                .doesNotContain("secret-word");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"key_type\": \"AWS_OWNED_CMK\", \"key_arn\": \"\"",
                "\"key_type\": \"AWS_OWNED_CMK\", \"key_arn\": null",
                "\"key_type\": \"CUSTOMER_MANAGED_CMK\", \"key_arn\": \"arn:aws:kms:eu-west-1:111122223333:key/k\"",
            })
    void readsAStreamThatIsPutToItselfAndHowItIsEncrypted(String key) {
        JsonDocument document =
                JsonDocument.parse(
                        "tf.json",
                        """
                        {"format_version": "1.0", "values": {"root_module": {"resources": [
                          {"address": "x.a", "type": "aws_kinesis_firehose_delivery_stream", "values": {
                            "name": "orders", "destination": "extended_s3",
                            "server_side_encryption": [{"enabled": true, %s}],
                            "extended_s3_configuration": [{"role_arn": "arn:aws:iam::111122223333:role/r", "bucket_arn": "arn:aws:s3:::lake"}]}}]}}}
                        """
                                .formatted(key));

        assertThat(FirehoseDocument.read(document, problems).source().isDirectPut()).isTrue();
        assertThat(problems.all()).isEmpty();
        assertThat(problems.notices())
                .contains(
                        "DeliveryStreamEncryptionConfigurationInput: has no effect; records wait in the Kinesis stream behind, so encrypt that");
    }

    private FirehoseDelivery read(String destination, String block) {
        return FirehoseDocument.read(
                JsonDocument.parse(
                        "tf.json",
                        """
                        {"format_version": "1.0", "values": {"root_module": {"resources": [
                          {"address": "a.b", "mode": "managed", "type": "aws_kinesis_firehose_delivery_stream", "values": {
                            "name": "n", "destination": "%1$s", "%1$s_configuration": [%2$s],
                            "kinesis_source_configuration": [{"kinesis_stream_arn": "arn:aws:kinesis:eu-west-1:111122223333:stream/in", "role_arn": "arn:aws:iam::111122223333:role/r"}]}}]}}}
                        """
                                .formatted(destination, block)),
                problems);
    }

    @Test
    void saysWhatAPlanKnowsOnlyOnceItIsApplied() {
        String plan =
                """
                {"format_version": "1.2", "planned_values": {"root_module": {"resources": [
                   {"address": "a.b", "mode": "managed", "type": "aws_kinesis_firehose_delivery_stream", "values": {
                     "name": "n", "destination": "extended_s3",
                     "kinesis_source_configuration": [{"kinesis_stream_arn": "arn:aws:kinesis:eu-west-1:111122223333:stream/in"}],
                     "extended_s3_configuration": [{"prefix": "p/", "cloudwatch_logging_options": []}]}}]}},
                 "resource_changes": [{"address": "a.b", "change": {"after_unknown": {
                     "arn": true, "tags_all": true, "id": true,
                     "kinesis_source_configuration": [{"role_arn": true}],
                     "extended_s3_configuration": [{"bucket_arn": true, "role_arn": true, "cloudwatch_logging_options": true}]}}}]}
                """;
        JsonDocument document = JsonDocument.parse("plan.json", plan);
        String way = "; put the value in its place, or give it with --set ";

        FirehoseDocument.read(document, problems);

        String s3 = "ExtendedS3DestinationConfiguration.";
        assertThat(problems.all())
                .contains(
                        s3
                                + "BucketARN: is known to Terraform only after apply"
                                + way
                                + s3
                                + "BucketARN=VALUE",
                        s3
                                + "RoleARN: is known to Terraform only after apply"
                                + way
                                + s3
                                + "RoleARN=VALUE",
                        "KinesisStreamSourceConfiguration.RoleARN: is known to Terraform only after apply"
                                + way
                                + "KinesisStreamSourceConfiguration.RoleARN=VALUE")
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource \"aws_kinesis_firehose_delivery_stream\" \"orders\" {\n  name = \"orders\"\n}\n",
                "# the lake\nterraform {\n}\n",
            })
    void saysHowToGetWhatItReadsOfTheSourceOfTerraform(String source) {
        assertThatThrownBy(() -> JsonDocument.parse("main.txt", source))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "is the source of Terraform, not what comes of it; give what 'terraform show -json' prints");
        assertThatThrownBy(() -> JsonDocument.parse("main.tf", "locals {}"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("terraform plan -out p");
    }

    @Test
    void refusesWhatHasNoDeliveryStreamOrSeveral() {
        assertThatThrownBy(
                        () ->
                                JsonDocument.parse(
                                        "tf.json", "{\"format_version\": \"1.0\", \"values\": {}}"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("has no aws_kinesis_firehose_delivery_stream");
        String two =
                """
                {"format_version": "1.0", "values": {"root_module": {"resources": [
                  {"address": "x.a", "type": "aws_kinesis_firehose_delivery_stream", "values": {}},
                  {"address": "x.b", "type": "aws_kinesis_firehose_delivery_stream", "values": {}}]}}}
                """;
        assertThatThrownBy(() -> JsonDocument.parse("tf.json", two))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "2 delivery streams, x.a, x.b; say with --set Resource=NAME which");
    }
}
