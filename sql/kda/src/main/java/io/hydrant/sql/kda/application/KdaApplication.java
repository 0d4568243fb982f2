package io.hydrant.sql.kda.application;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * An application as its document describes it.
 *
 * @param name its name; null in the schema of a test
 * @param code its SQL; null where it stands beside the document
 * @param inputs where records come from
 * @param references the tables that streams may be joined with
 * @param outputs which streams go where
 */
public record KdaApplication(
        String name,
        String code,
        List<ApplicationInput> inputs,
        List<ReferenceTable> references,
        List<ApplicationOutput> outputs)
        implements Serializable {

    public KdaApplication {
        inputs = new ArrayList<>(inputs);
        references = new ArrayList<>(references);
        outputs = new ArrayList<>(outputs);
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
}
