package io.hydrant.jobs.delivery.document;

import io.hydrant.template.GivenText;
import io.hydrant.template.UnknownValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A delivery stream in what {@code terraform show -json} prints of a state or a plan, or in a state
 * file, as the input of CreateDeliveryStream.
 *
 * <p>Its blocks are arrays of one object, its names are in snake case, and some lie flat what the
 * API has in objects. What a plan knows only once it is applied is an {@link UnknownValue}.
 *
 * <p>Source: Terraform, "JSON Output Format"; provider hashicorp/aws, {@code
 * aws_kinesis_firehose_delivery_stream}.
 */
final class TerraformStream {

    static final String WAY_OUT =
            "is the source of Terraform, not what comes of it; give what 'terraform show -json' prints, or, before it is applied, 'terraform plan -out p' and then 'terraform show -json p'";

    private static final String TYPE = "aws_kinesis_firehose_delivery_stream";
    private static final String AFTER_APPLY = "is known to Terraform only after apply";
    private static final Pattern SOURCE =
            Pattern.compile(
                    "^\\s*(?:resource|variable|module|provider|terraform)\\s*[\"{]",
                    Pattern.MULTILINE);

    /** What stands around a delivery stream and is none of its configuration. */
    private static final Set<String> OF_TERRAFORM =
            Set.of(
                    "arn",
                    "destination",
                    "destination_id",
                    "id",
                    "region",
                    "tags",
                    "tags_all",
                    "timeouts",
                    "version_id");

    private static final Map<String, String> DESTINATIONS =
            Map.of(
                    "extended_s3", "ExtendedS3Destination",
                    "s3", "S3Destination",
                    "redshift", "RedshiftDestination",
                    "iceberg", "IcebergDestination",
                    "elasticsearch", "ElasticsearchDestination",
                    "opensearch", "AmazonopensearchserviceDestination",
                    "opensearchserverless", "AmazonOpenSearchServerlessDestination",
                    "splunk", "SplunkDestination",
                    "http_endpoint", "HttpEndpointDestination",
                    "snowflake", "SnowflakeDestination");

    /** Names whose parts are not the words of the name, and fields that lie deeper in the API. */
    private static final Map<String, String> PATHS =
            Map.ofEntries(
                    Map.entry("name", "DeliveryStreamName"),
                    Map.entry("kinesis_source_configuration", "KinesisStreamSourceConfiguration"),
                    Map.entry("msk_source_configuration", "MSKSourceConfiguration"),
                    Map.entry("buffering_size", "BufferingHints.SizeInMBs"),
                    Map.entry("buffering_interval", "BufferingHints.IntervalInSeconds"),
                    Map.entry(
                            "kms_key_arn",
                            "EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN"),
                    Map.entry("cloudwatch_logging_options", "CloudWatchLoggingOptions"),
                    Map.entry("retry_duration", "RetryOptions.DurationInSeconds"),
                    Map.entry("cluster_jdbcurl", "ClusterJDBCURL"),
                    Map.entry("data_table_name", "CopyCommand.DataTableName"),
                    Map.entry("data_table_columns", "CopyCommand.DataTableColumns"),
                    Map.entry("copy_options", "CopyCommand.CopyOptions"),
                    Map.entry("catalog_arn", "CatalogConfiguration.CatalogARN"),
                    Map.entry(
                            "destination_table_configuration", "DestinationTableConfigurationList"),
                    Map.entry("open_x_json_ser_de", "OpenXJsonSerDe"),
                    Map.entry("hive_json_ser_de", "HiveJsonSerDe"),
                    Map.entry("orc_ser_de", "OrcSerDe"),
                    Map.entry("parquet_ser_de", "ParquetSerDe"));

    /** The same in a table of Iceberg, where these names mean something else than of Glue. */
    private static final Map<String, String> TABLE_PATHS =
            Map.of(
                    "database_name",
                    "DestinationDatabaseName",
                    "table_name",
                    "DestinationTableName");

    private static final Set<String> LISTS =
            Set.of("processors", "parameters", "destination_table_configuration");

    private TerraformStream() {}

    static boolean is(JsonNode root) {
        return root.has("terraform_version")
                || (root.has("format_version")
                        && (root.has("values") || root.has("planned_values")));
    }

    /** Whether a text that is no JSON is a file that terraform reads. */
    static boolean isSource(String name, String text) {
        return name.endsWith(".tf") || SOURCE.matcher(text).find();
    }

    /**
     * Reads the delivery stream, with the document's {@code Hydrant} object beside it.
     *
     * @param name what to call it in a message
     * @param address which delivery stream is meant, null for the one that there is
     * @throws InvalidConfigurationException if there is not exactly one
     */
    static ObjectNode read(String name, ObjectNode shown, String address) {
        Map<String, JsonNode> streams = new LinkedHashMap<>();
        collect(shown.path("planned_values").path("root_module"), streams);
        if (streams.isEmpty()) {
            collect(shown.path("values").path("root_module"), streams);
            collectStored(shown, streams);
        }
        if (streams.isEmpty()) {
            throw new InvalidConfigurationException(name, List.of("has no " + TYPE));
        }
        String chosen =
                address == null && streams.size() == 1
                        ? streams.keySet().iterator().next()
                        : address;
        JsonNode values = ChosenResource.of(name, streams, chosen);
        JsonNode unknown = unknownOf(shown, chosen);
        ObjectNode document = stream(values, unknown);
        JsonNode hydrant = shown.get(FirehoseForm.HYDRANT);
        if (hydrant != null) {
            document.set(FirehoseForm.HYDRANT, hydrant);
        }
        return document;
    }

    private static void collect(JsonNode module, Map<String, JsonNode> streams) {
        for (JsonNode resource : module.path("resources")) {
            if (isStream(resource)) {
                streams.put(resource.path("address").asText(), resource.path("values"));
            }
        }
        module.path("child_modules").forEach(child -> collect(child, streams));
    }

    /** A state as it lies in its file. */
    private static void collectStored(JsonNode state, Map<String, JsonNode> streams) {
        for (JsonNode resource : state.path("resources")) {
            if (isStream(resource)) {
                String module =
                        resource.has("module") ? resource.path("module").asText() + "." : "";
                String address = module + TYPE + "." + resource.path("name").asText();
                for (JsonNode instance : resource.path("instances")) {
                    JsonNode key = instance.path("index_key");
                    streams.put(
                            key.isMissingNode() ? address : address + "[" + key + "]",
                            instance.path("attributes"));
                }
            }
        }
    }

    private static boolean isStream(JsonNode resource) {
        return TYPE.equals(resource.path("type").asText())
                && !"data".equals(resource.path("mode").asText());
    }

    private static JsonNode unknownOf(JsonNode plan, String address) {
        for (JsonNode change : plan.path("resource_changes")) {
            if (change.path("address").asText().equals(address)) {
                return change.path("change").path("after_unknown");
            }
        }
        return JsonDocument.NODES.missingNode();
    }

    private static ObjectNode stream(JsonNode values, JsonNode unknown) {
        ObjectNode document = JsonDocument.NODES.objectNode();
        String destination = values.path("destination").asText();
        ObjectNode rest = JsonDocument.NODES.objectNode();
        for (String field : fieldsOf(values, unknown)) {
            if (!OF_TERRAFORM.contains(field) && !field.equals("server_side_encryption")) {
                rest.set(field, values.path(field));
            }
        }
        String configuration = destination + "_configuration";
        put(rest, unknown, document, false, configuration);
        if (DESTINATIONS.containsKey(destination)) {
            ObjectNode read = JsonDocument.NODES.objectNode();
            JsonNode block = block(values.path(configuration));
            put(block, block(unknown.path(configuration)), read, false, null);
            document.set(DESTINATIONS.get(destination) + "Configuration", read);
        }
        JsonNode encryption = block(values.path("server_side_encryption"));
        if (encryption.path("enabled").asBoolean()) {
            ObjectNode read = JsonDocument.NODES.objectNode();
            read.put("KeyType", encryption.path("key_type").asText("AWS_OWNED_CMK"));
            String key = encryption.path("key_arn").asText("");
            if (!key.isEmpty()) {
                read.put("KeyARN", key);
            } else if (block(unknown.path("server_side_encryption")).path("key_arn").asBoolean()) {
                read.set("KeyARN", new UnknownValue(AFTER_APPLY).asNode());
            }
            document.set("DeliveryStreamEncryptionConfigurationInput", read);
        }
        boolean isOfKinesis = document.has("KinesisStreamSourceConfiguration");
        boolean isOfKafka = document.has("MSKSourceConfiguration");
        document.put(
                "DeliveryStreamType",
                isOfKinesis ? "KinesisStreamAsSource" : isOfKafka ? "MSKAsSource" : "DirectPut");
        return document;
    }

    /** Puts the fields of a block where the API has them, but for one. */
    private static void put(
            JsonNode block, JsonNode unknown, ObjectNode target, boolean isTable, String but) {
        for (String field : fieldsOf(block, unknown)) {
            JsonNode value = value(field, block.path(field), unknown.path(field));
            if (value != null && !field.equals(but)) {
                String path = isTable ? TABLE_PATHS.get(field) : null;
                DocumentPath.parse(path == null ? pathOf(field) : path).put(target, value);
            }
        }
    }

    private static Set<String> fieldsOf(JsonNode block, JsonNode unknown) {
        Map<String, Boolean> fields = new LinkedHashMap<>();
        block.fieldNames().forEachRemaining(field -> fields.put(field, true));
        unknown.fieldNames().forEachRemaining(field -> fields.put(field, true));
        return fields.keySet();
    }

    private static String pathOf(String field) {
        String path = PATHS.get(field);
        if (path != null) {
            return path;
        }
        StringBuilder name = new StringBuilder();
        for (String word : field.split("_", -1)) {
            name.append(
                    word.equals("arn")
                            ? "ARN"
                            : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /**
     * A value as the API has it; null where there is none, which an empty text or block is, too.
     */
    private static JsonNode value(String field, JsonNode value, JsonNode unknown) {
        if (unknown.asBoolean(false)) {
            return OF_TERRAFORM.contains(field) ? null : new UnknownValue(AFTER_APPLY).asNode();
        }
        if (value.isNull()
                || value.isMissingNode()
                || (value.isValueNode() && value.asText().isEmpty())) {
            return null;
        }
        if (value instanceof ArrayNode array) {
            if (array.isEmpty()) {
                return null;
            }
            if (LISTS.contains(field)) {
                return list(field, array, unknown);
            }
            // A block without a field in it may be null.
            boolean isBlock = array.get(0).isObject() || array.get(0).isNull();
            return isBlock ? object(block(array), block(unknown)) : array;
        }
        // An object that is no block has keys of its own, such as a column's key in records.
        return value.isObject() ? value : new GivenText(value.asText()).asNode();
    }

    private static JsonNode list(String field, ArrayNode blocks, JsonNode unknown) {
        boolean areTables = field.equals("destination_table_configuration");
        ArrayNode list = JsonDocument.NODES.arrayNode();
        for (int i = 0; i < blocks.size(); i++) {
            ObjectNode element = JsonDocument.NODES.objectNode();
            put(blocks.get(i), unknown.path(i), element, areTables, null);
            list.add(element);
        }
        return list;
    }

    private static JsonNode object(JsonNode block, JsonNode unknown) {
        ObjectNode object = JsonDocument.NODES.objectNode();
        put(block, unknown, object, false, null);
        return object;
    }

    private static JsonNode block(JsonNode blocks) {
        return blocks.path(0);
    }
}
