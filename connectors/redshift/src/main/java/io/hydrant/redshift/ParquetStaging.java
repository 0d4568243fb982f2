package io.hydrant.redshift;

import io.hydrant.delivery.conversion.ConversionConfig;
import io.hydrant.delivery.conversion.ConversionOptions;
import io.hydrant.delivery.conversion.columnar.ParquetConfig;
import io.hydrant.delivery.conversion.schema.HiveType;

import java.util.List;

/**
 * Judges whether what is staged is what COPY is told to read, where one of them is Parquet.
 *
 * <p>COPY takes columns of Parquet by their place, whatever they are called, and would put values
 * into the wrong ones without a word. Source: Redshift developer guide, "COPY from columnar data
 * formats".
 */
final class ParquetStaging {

    private ParquetStaging() {}

    /**
     * Refuses what does not go together.
     *
     * @param conversion what becomes of records, null where they are staged as they come
     * @param columns columns of the table that are filled, empty for all
     * @throws IllegalArgumentException naming the options and the way out
     */
    static void check(CopyOptions copy, ConversionConfig conversion, List<String> columns) {
        if (conversion == null) {
            if (copy.isParquet()) {
                throw new IllegalArgumentException(
                        RedshiftOptions.COPY_OPTIONS.key()
                                + " has PARQUET, and records are staged as they come; set "
                                + ConversionOptions.FORMAT.key()
                                + " to PARQUET and "
                                + ConversionOptions.COLUMNS.key()
                                + " to the columns of the table");
            }
            return;
        }
        if (!(conversion.file() instanceof ParquetConfig)) {
            throw new IllegalArgumentException(
                    ConversionOptions.FORMAT.key()
                            + " is ORC; for Redshift it must be PARQUET, or left out to stage records as they come");
        }
        if (!copy.isParquet()) {
            throw new IllegalArgumentException(
                    ConversionOptions.FORMAT.key()
                            + " is PARQUET, and "
                            + RedshiftOptions.COPY_OPTIONS.key()
                            + " does not say so; it must be FORMAT AS PARQUET, or the conversion left out");
        }
        if (conversion.columns() == null) {
            throw new IllegalArgumentException(
                    ConversionOptions.TABLE_NAME.key()
                            + " says the columns, and for Redshift they must not change while the job runs; give "
                            + ConversionOptions.COLUMNS.key()
                            + " or "
                            + ConversionOptions.SCHEMA_FILE.key());
        }
        if (!columns.isEmpty()) {
            requireSameOrder(copy, conversion.columns().fields(), columns);
        }
    }

    private static void requireSameOrder(
            CopyOptions copy, List<HiveType.Field> ofFiles, List<String> ofTable) {
        boolean isEnough =
                copy.parameters().containsKey("FILLRECORD")
                        ? ofFiles.size() <= ofTable.size()
                        : ofFiles.size() == ofTable.size();
        boolean isSame = isEnough;
        for (int i = 0; isSame && i < ofFiles.size(); i++) {
            isSame = ofFiles.get(i).name().equalsIgnoreCase(SqlNames.plain(ofTable.get(i)));
        }
        if (!isSame) {
            throw new IllegalArgumentException(
                    ConversionOptions.COLUMNS.key()
                            + " has "
                            + String.join(", ", ofFiles.stream().map(HiveType.Field::name).toList())
                            + ", and "
                            + RedshiftOptions.COLUMNS.key()
                            + " "
                            + String.join(", ", ofTable)
                            + "; COPY takes columns of Parquet by their place, so both must be the same, in the same order");
        }
    }
}
