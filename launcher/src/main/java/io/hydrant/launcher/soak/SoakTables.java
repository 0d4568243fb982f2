package io.hydrant.launcher.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a soak: those whose number has a remainder have it in their name.
 *
 * @param first the table that a record goes to which names none
 * @param count how many there are
 */
record SoakTables(String first, int count) {

    /** What they have for the number of a record. */
    static final String COLUMN = "number";

    /** Their names, the first one first. */
    List<String> names() {
        List<String> names = new ArrayList<>(List.of(first));
        for (int i = 1; i < count; i++) {
            names.add(first + '_' + i);
        }
        return names;
    }

    /** Says in a document which tables there are, and where a record goes. */
    void describeIn(ObjectNode document) {
        ObjectNode copy = (ObjectNode) document.at("/RedshiftDestinationConfiguration/CopyCommand");
        copy.put("DataTableName", first).put("DataTableColumns", COLUMN);
        if (count == 1) {
            return;
        }
        ArrayNode others = new ObjectMapper().createArrayNode();
        for (String name : names().subList(1, count)) {
            others.addObject().put("DataTableName", name).put("DataTableColumns", COLUMN);
        }
        ObjectNode options = (ObjectNode) document.get("Hydrant");
        options.set("redshift.tables", others);
        options.put(
                "redshift.route.query",
                "(.number %% %d) as $rest | if $rest == 0 then {} else {destinationTableName: \"%s_\\($rest)\"} end"
                        .formatted(count, first));
    }
}
