package io.hydrant.kinesis.table;

import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.factories.DynamicTableFactory;

import java.util.Map;

/**
 * What the planner says of a table, with the options by the names that this connector has for them.
 *
 * @param original what the planner says
 * @param table the table with translated options
 * @param enrichment the options of a restored plan, translated
 */
record TranslatedContext(
        DynamicTableFactory.Context original,
        ResolvedCatalogTable table,
        Map<String, String> enrichment)
        implements DynamicTableFactory.Context {

    static TranslatedContext of(
            DynamicTableFactory.Context original, OptionTranslation translation) {
        ResolvedCatalogTable table = original.getCatalogTable();
        return new TranslatedContext(
                original,
                table.copy(translation.translate(table.getOptions())),
                translation.translate(original.getEnrichmentOptions()));
    }

    @Override
    public ObjectIdentifier getObjectIdentifier() {
        return original.getObjectIdentifier();
    }

    @Override
    public ResolvedCatalogTable getCatalogTable() {
        return table;
    }

    @Override
    public Map<String, String> getEnrichmentOptions() {
        return enrichment;
    }

    @Override
    public ReadableConfig getConfiguration() {
        return original.getConfiguration();
    }

    @Override
    public ClassLoader getClassLoader() {
        return original.getClassLoader();
    }

    @Override
    public boolean isTemporary() {
        return original.isTemporary();
    }
}
