package io.hydrant.sql.runner;

import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.types.utils.DataTypeUtils;

/** Says which table the rows of a SELECT statement go to. */
@FunctionalInterface
public interface ResultTable {

    /**
     * The table for the rows of one statement.
     *
     * @param tables the session, for a table that has to be made first
     * @param where the statement's script and line
     * @param query the statement
     * @return its name, as SQL writes it
     */
    String of(StreamTableEnvironment tables, String where, Table query);

    /**
     * A table of the session for all rows.
     *
     * @param name its name, as SQL writes it
     * @return that table for every statement, by the position of columns
     */
    static ResultTable named(String name) {
        return (tables, where, query) -> name;
    }

    /**
     * A table of its own for each statement, made for it.
     *
     * @param connector one that takes inserts, updates and deletes and needs no options, such as
     *     {@code print}
     * @param prefix what the names of these tables begin with
     * @return temporary tables
     */
    static ResultTable ofConnector(String connector, String prefix) {
        int[] made = {0};
        return (tables, where, query) -> {
            made[0]++;
            String name = prefix + made[0];
            Schema schema =
                    Schema.newBuilder()
                            .fromRowDataType(
                                    DataTypeUtils.removeTimeAttribute(
                                            query.getResolvedSchema().toPhysicalRowDataType()))
                            .build();
            tables.createTemporaryTable(
                    name, TableDescriptor.forConnector(connector).schema(schema).build());
            return name;
        };
    }
}
