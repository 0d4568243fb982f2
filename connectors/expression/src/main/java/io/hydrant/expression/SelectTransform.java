package io.hydrant.expression;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.conversion.json.ConversionException;
import io.hydrant.delivery.transform.RecordTransform;
import io.hydrant.delivery.transform.TransformContext;
import io.hydrant.delivery.transform.TransformOutput;
import io.hydrant.delivery.transform.TransformedRecord;

import org.apache.calcite.rel.type.RelDataTypeField;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Transforms each record by a SELECT over it alone, named by the option {@code
 * delivery.transform.select}.
 *
 * <p>A record becomes one JSON object of the selected columns; a record of several JSON objects
 * becomes one for each that WHERE lets through. A record of which nothing is left is dropped. What
 * does not fit the columns, and what the SQL fails for (a division by zero, a bad cast, a number
 * too large), goes to the error prefix with its payload. {@code x <> 0 AND 10 / x > 1} never
 * divides by zero: AND and OR evaluate from left to right, and no further than needed.
 *
 * <p>Exactly once because what is selected follows from the record alone: functions that answer
 * otherwise the next time, such as CURRENT_TIMESTAMP, are refused.
 */
public final class SelectTransform implements RecordTransform {

    private CompiledSelect select;
    private RecordRows rows;
    private JsonObjects objects;
    private Map<String, Integer> keys;

    @Override
    public void open(TransformContext context) {
        select = ExpressionConfig.of(context.parameters()).compile();
        rows = new RecordRows(select);
        List<RelDataTypeField> members = new ArrayList<>();
        keys = new HashMap<>();
        for (RelDataTypeField column : select.output()) {
            if (OutputColumns.isKey(column)) {
                keys.put(
                        column.getName().substring(OutputColumns.KEY_PREFIX.length()),
                        select.computedIndex(column.getIndex()));
            } else {
                members.add(column);
            }
        }
        objects = new JsonObjects(select, members);
    }

    @Override
    public void transform(Envelope record, TransformOutput output) throws IOException {
        List<TransformedRecord> made = new ArrayList<>(1);
        try {
            rows.begin(record);
            while (rows.next()) {
                Object[] computed = select.apply(rows.values());
                if (computed != null) {
                    made.add(
                            new TransformedRecord(objects.write(rows, computed), keysOf(computed)));
                }
            }
        } catch (ConversionException e) {
            output.processingFailed(e.code(), e.getMessage());
            return;
        }
        if (made.isEmpty()) {
            output.dropped();
        } else if (made.size() == 1) {
            output.ok(made.get(0).payload(), made.get(0).partitionKeys());
        } else {
            output.several(made);
        }
    }

    /** A key that is null is left out, which the partitioning then says of the record. */
    private Map<String, String> keysOf(Object[] computed) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Map<String, String> values = new HashMap<>();
        keys.forEach(
                (name, index) -> {
                    if (computed[index] != null) {
                        values.put(name, computed[index].toString());
                    }
                });
        return values;
    }
}
