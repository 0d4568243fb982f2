package io.hydrant.sql.functions.anomaly;

import com.amazon.randomcutforest.returntypes.DiVector;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * Writes what each column has to do with a score: {@code {"Systolic":{"DIRECTION":"LOW",
 * "STRENGTH":"0.0922","ATTRIBUTION_SCORE":"0.3792"},…}}, numbers as texts of four digits behind the
 * point, directions only where they are asked for.
 *
 * <p>Source: developer guide, "Examine the Results" of the example with explanation. The parts add
 * up to the score. How the strength is computed is written nowhere: here it is how much more of a
 * column's part comes from one direction than from the other, so that it is 0 while the forest
 * learns.
 */
final class Explanation {

    private static final JsonFactory JSON = new JsonFactory();

    private Explanation() {}

    static String of(List<String> names, DiVector parts, boolean directions) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (int i = 0; i < names.size(); i++) {
                json.writeObjectFieldStart(names.get(i));
                if (directions) {
                    boolean high = parts.high[i] > parts.low[i];
                    json.writeStringField("DIRECTION", high ? "HIGH" : "LOW");
                    json.writeStringField(
                            "STRENGTH", number(Math.abs(parts.high[i] - parts.low[i])));
                }
                json.writeStringField("ATTRIBUTION_SCORE", number(parts.getHighLowSum(i)));
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
