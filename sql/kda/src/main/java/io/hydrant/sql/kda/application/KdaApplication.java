package io.hydrant.sql.kda.application;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An application as its document describes it.
 *
 * @param name its name; null in the schema of a test
 * @param arn its Amazon Resource Name; null where the document does not say it
 * @param code its SQL; null where it stands beside the document
 * @param inputs where records come from
 * @param references the tables that streams may be joined with
 * @param outputs which streams go where
 * @param options values of Hydrant's own options by key
 */
public record KdaApplication(
        String name,
        String arn,
        String code,
        List<ApplicationInput> inputs,
        List<ReferenceTable> references,
        List<ApplicationOutput> outputs,
        Map<String, String> options)
        implements Serializable {

    public KdaApplication {
        inputs = new ArrayList<>(inputs);
        references = new ArrayList<>(references);
        outputs = new ArrayList<>(outputs);
        options = new TreeMap<>(options);
    }

    @Override
    public List<ApplicationInput> inputs() {
        return List.copyOf(inputs);
    }

    @Override
    public List<ReferenceTable> references() {
        return List.copyOf(references);
    }

    @Override
    public List<ApplicationOutput> outputs() {
        return List.copyOf(outputs);
    }

    @Override
    public Map<String, String> options() {
        return Map.copyOf(options);
    }
}
