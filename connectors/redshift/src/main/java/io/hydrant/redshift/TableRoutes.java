package io.hydrant.redshift;

import io.hydrant.delivery.partition.NamingOptions;
import io.hydrant.delivery.processing.ProcessingOptions;
import io.hydrant.delivery.processing.RecordQuery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The further tables of a delivery, and what says which records go to them.
 *
 * @param query jq query that routes records, null where only what comes before says
 * @param tables a delivery to each of them; what is the same for all is there in each
 */
record TableRoutes(String query, List<RedshiftConfig> tables) implements Serializable {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private static final String NAME = "DataTableName";

    /** What a table may say for itself. */
    private static final Map<String, ConfigOption<String>> FIELDS =
            Map.of(
                    NAME,
                    RedshiftOptions.TABLE,
                    "DataTableColumns",
                    RedshiftOptions.COLUMNS,
                    "CopyOptions",
                    RedshiftOptions.COPY_OPTIONS,
                    "Keys",
                    RedshiftOptions.KEYS,
                    "OrderColumn",
                    RedshiftOptions.ORDER_COLUMN,
                    "LedgerTable",
                    RedshiftOptions.LEDGER_TABLE);

    /** What is the first table's alone. */
    private static final List<ConfigOption<String>> ITS_OWN =
            List.of(
                    RedshiftOptions.TABLES,
                    RedshiftOptions.ROUTE_QUERY,
                    RedshiftOptions.COLUMNS,
                    RedshiftOptions.KEYS,
                    RedshiftOptions.ORDER_COLUMN,
                    RedshiftOptions.LEDGER_TABLE);

    /** Keeps its own copy. */
    TableRoutes {
        tables = List.copyOf(tables);
    }

    /**
     * Reads the options.
     *
     * @param first the table that records go to for which nothing says another
     * @return null where there are no further tables
     * @throws IllegalArgumentException naming the option, the table, the value and what it may be
     */
    static TableRoutes from(ReadableConfig config, String first) {
        String text = config.get(RedshiftOptions.TABLES);
        String query = config.get(RedshiftOptions.ROUTE_QUERY);
        if (text == null && query == null) {
            return null;
        }
        if (text == null) {
            throw new IllegalArgumentException(
                    RedshiftOptions.TABLES.key()
                            + " is missing; "
                            + RedshiftOptions.ROUTE_QUERY.key()
                            + " chooses between tables");
        }
        if (config.get(RedshiftOptions.LOAD_MODE) == LoadMode.REPLACE) {
            throw new IllegalArgumentException(
                    RedshiftOptions.LOAD_MODE.key()
                            + " is REPLACE, which replaces one table; leave "
                            + RedshiftOptions.TABLES.key()
                            + " out");
        }
        if (config.get(ProcessingOptions.DYNAMIC_PARTITIONING)) {
            throw new IllegalArgumentException(
                    ProcessingOptions.DYNAMIC_PARTITIONING.key()
                            + " is on, and with "
                            + RedshiftOptions.TABLES.key()
                            + " it is a record's table that its prefix is made of; leave one of them out");
        }
        try {
            if (query != null) {
                RecordQuery.compile(query);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    RedshiftOptions.ROUTE_QUERY.key() + ": " + e.getMessage(), e);
        }
        Set<String> places = new HashSet<>(Set.of(TablePlaces.folder(first)));
        List<RedshiftConfig> tables = new ArrayList<>();
        for (JsonNode each : read(text)) {
            RedshiftConfig table = table(config, each, tables.size());
            if (!places.add(TablePlaces.folder(table.table()))) {
                throw new IllegalArgumentException(
                        RedshiftOptions.TABLES.key()
                                + " names "
                                + table.table()
                                + " twice, or beside "
                                + RedshiftOptions.TABLE.key()
                                + ", or with a name that differs in signs alone");
            }
            tables.add(table);
        }
        return new TableRoutes(query, tables);
    }

    private static List<JsonNode> read(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    RedshiftOptions.TABLES.key() + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isArray() || root.isEmpty()) {
            throw new IllegalArgumentException(
                    RedshiftOptions.TABLES.key()
                            + " is '"
                            + text
                            + "'; it must be an array of at least one object, such as [{\"DataTableName\": \"refunds\"}]");
        }
        List<JsonNode> tables = new ArrayList<>();
        root.forEach(tables::add);
        return tables;
    }

    private static RedshiftConfig table(ReadableConfig given, JsonNode node, int index) {
        String place = RedshiftOptions.TABLES.key() + "[" + index + "]";
        String name = node.path(NAME).asText("");
        if (name.isEmpty()) {
            throw new IllegalArgumentException(place + "." + NAME + " is missing");
        }
        Configuration own = Configuration.fromMap(given.toMap());
        ITS_OWN.forEach(own::removeConfig);
        for (Iterator<Map.Entry<String, JsonNode>> each = node.fields(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> field = each.next();
            ConfigOption<String> option = FIELDS.get(field.getKey());
            if (option == null || !field.getValue().isTextual()) {
                throw new IllegalArgumentException(
                        place
                                + "."
                                + field.getKey()
                                + " is "
                                + field.getValue()
                                + (option == null
                                        ? "; there is no such field, only "
                                                + String.join(
                                                        ", ",
                                                        FIELDS.keySet().stream().sorted().toList())
                                        : "; it must be a text"));
            }
            own.set(option, field.getValue().textValue());
        }
        String places =
                given.get(NamingOptions.STREAM_NAME) + "/tables/" + TablePlaces.folder(name) + '/';
        own.set(RedshiftOptions.QUEUE_PREFIX, given.get(RedshiftOptions.QUEUE_PREFIX) + places);
        own.set(
                RedshiftOptions.ERROR_MANIFEST_PREFIX,
                given.get(RedshiftOptions.ERROR_MANIFEST_PREFIX) + places);
        own.set(
                RedshiftOptions.ON_ERROR,
                given.getOptional(RedshiftOptions.ON_ERROR).orElse(ErrorAction.WAIT));
        try {
            return RedshiftConfig.from(own);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + " (" + name + "): " + e.getMessage(), e);
        }
    }

    /**
     * Validates that no ledger is of two tables, or a table of the delivery.
     *
     * @param first the first table
     * @param firstLedger its ledger
     */
    void requireApart(String first, String firstLedger) {
        Set<String> names = new HashSet<>();
        names.add(first.toLowerCase(Locale.ROOT));
        names.add(firstLedger.toLowerCase(Locale.ROOT));
        for (RedshiftConfig each : tables) {
            for (String name : List.of(each.table(), each.ledgerTable())) {
                if (!names.add(name.toLowerCase(Locale.ROOT))) {
                    throw new IllegalArgumentException(
                            RedshiftOptions.TABLES.key()
                                    + ": "
                                    + name
                                    + " is a table or a ledger of another one, too; each table needs a LedgerTable of its own, which is none of the tables");
                }
            }
        }
    }
}
