package io.hydrant.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The rows of an answer that hold now, from the changes in its stream: what a reader of a changelog
 * makes of them, by a key. Changes that come again change nothing in the end.
 */
final class LiveAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Answer answer;
    private final TreeMap<String, List<String>> rows = new TreeMap<>();

    LiveAnswer(Answer answer) {
        this.answer = answer;
    }

    /**
     * Takes the next change.
     *
     * @param change in the form of Debezium: a row that comes, or one that goes
     */
    void apply(byte[] change) throws IOException {
        JsonNode read = JSON.readTree(change);
        if (read.path("op").asText().equals("d")) {
            List<String> gone = row(read.path("before"));
            rows.remove(gone.get(0), gone);
        } else {
            List<String> come = row(read.path("after"));
            rows.put(come.get(0), come);
        }
    }

    /** The rows in their order. */
    List<List<String>> rows() {
        return new ArrayList<>(rows.values());
    }

    private List<String> row(JsonNode fields) throws IOException {
        List<String> row = new ArrayList<>();
        for (String column : answer.columns()) {
            if (!fields.has(column)) {
                throw new IOException("A change in " + answer.stream() + " has no field " + column);
            }
            row.add(fields.get(column).asText());
        }
        return row;
    }
}
