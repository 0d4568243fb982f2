package io.hydrant.iceberg.route;

import io.hydrant.delivery.partition.PrefixTemplate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the tables of a delivery in Firehose's own form, strictly.
 *
 * <p>Beside Firehose's {@code PartitionSpec.Identity} a table may have {@code PartitionBy}, a list
 * of columns and transforms such as {@code day(at)} and {@code bucket(16, id)}. Source: Firehose
 * API reference, DestinationTableConfiguration and PartitionSpec.
 */
public final class TargetTables {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final Set<String> FIELDS =
            Set.of(
                    "DestinationDatabaseName",
                    "DestinationTableName",
                    "UniqueKeys",
                    "PartitionSpec",
                    "PartitionBy",
                    "S3ErrorOutputPrefix");

    private TargetTables() {}

    /**
     * The tables that a text lists.
     *
     * @param text a JSON array of objects; empty for none
     * @throws IllegalArgumentException naming the field, its value and what it may be
     */
    public static List<TargetTable> parse(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage(), e);
        }
        List<TargetTable> tables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode each : elements(root, "", node -> node)) {
            TargetTable table = table(each, "[" + tables.size() + "]");
            if (!names.add(table.fullName())) {
                throw new IllegalArgumentException(
                        "names the table " + table.fullName() + " twice");
            }
            tables.add(table);
        }
        return tables;
    }

    private static TargetTable table(JsonNode node, String path) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(path + " is not an object");
        }
        onlyFields(node, FIELDS, path);
        List<String> partitionBy = new ArrayList<>();
        if (node.has("PartitionSpec")) {
            onlyFields(node.get("PartitionSpec"), Set.of("Identity"), path + ".PartitionSpec");
            String place = path + ".PartitionSpec.Identity";
            partitionBy.addAll(
                    elements(
                            node.get("PartitionSpec").path("Identity"),
                            place,
                            each -> {
                                onlyFields(each, Set.of("SourceName"), place);
                                return text(each.get("SourceName"), place + ".SourceName");
                            }));
        }
        if (node.has("PartitionBy")) {
            String place = path + ".PartitionBy";
            partitionBy.addAll(elements(node.get("PartitionBy"), place, each -> text(each, place)));
        }
        String keys = path + ".UniqueKeys";
        return new TargetTable(
                text(node.get("DestinationDatabaseName"), path + ".DestinationDatabaseName"),
                text(node.get("DestinationTableName"), path + ".DestinationTableName"),
                node.has("UniqueKeys")
                        ? elements(node.get("UniqueKeys"), keys, each -> text(each, keys))
                        : List.of(),
                partitionBy,
                errorPrefix(node, path + ".S3ErrorOutputPrefix"));
    }

    private static String errorPrefix(JsonNode node, String path) {
        if (!node.has("S3ErrorOutputPrefix")) {
            return "";
        }
        String prefix = text(node.get("S3ErrorOutputPrefix"), path);
        try {
            PrefixTemplate.forErrors(prefix, "", ZoneOffset.UTC);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        }
        return prefix;
    }

    private static <T> List<T> elements(JsonNode node, String path, Function<JsonNode, T> read) {
        if (!node.isArray()) {
            throw new IllegalArgumentException((path + " is not an array").trim());
        }
        List<T> elements = new ArrayList<>();
        node.forEach(each -> elements.add(read.apply(each)));
        return elements;
    }

    private static String text(JsonNode node, String path) {
        if (node == null) {
            throw new IllegalArgumentException(path + " is missing");
        }
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw new IllegalArgumentException(path + " is " + node + "; it must be a text");
        }
        return node.textValue();
    }

    private static void onlyFields(JsonNode node, Set<String> known, String path) {
        for (Iterator<String> each = node.fieldNames(); each.hasNext(); ) {
            String name = each.next();
            if (!known.contains(name)) {
                throw new IllegalArgumentException(path + "." + name + " is not a field here");
            }
        }
    }
}
