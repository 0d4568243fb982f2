package io.hydrant.jobs.delivery.document;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists and maps as the text of an option, quoted so that nothing in them is taken apart. */
final class OptionText {

    private OptionText() {}

    static String ofList(List<String> values) {
        return values.stream().map(OptionText::quoted).collect(Collectors.joining(";"));
    }

    static String ofMap(Map<String, String> values) {
        return values.entrySet().stream()
                .map(each -> quoted(quoted(each.getKey()) + ":" + quoted(each.getValue())))
                .collect(Collectors.joining(","));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
