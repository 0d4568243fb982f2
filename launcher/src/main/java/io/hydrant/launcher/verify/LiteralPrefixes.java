package io.hydrant.launcher.verify;

import io.hydrant.delivery.partition.NamingConfig;

import java.util.ArrayList;
import java.util.List;

/** What the keys of a delivery's objects certainly begin with: its prefixes up to an expression. */
final class LiteralPrefixes {

    private LiteralPrefixes() {}

    /** The literal beginnings of data and error prefix, without one that lies within another. */
    static List<String> of(NamingConfig naming) {
        String data = literal(naming.prefix());
        // Without a prefix of their own, error objects lie under that of the data.
        String errors = naming.errorPrefix().isEmpty() ? data : literal(naming.errorPrefix());
        if (errors.startsWith(data)) {
            return List.of(data);
        }
        return data.startsWith(errors) ? List.of(errors) : List.of(data, errors);
    }

    /** The same with further error prefixes, those of tables. */
    static List<String> of(NamingConfig naming, List<String> errorPrefixes) {
        List<String> all = new ArrayList<>(of(naming));
        for (String each : errorPrefixes) {
            String errors = literal(each);
            if (all.stream().noneMatch(errors::startsWith)) {
                all.removeIf(other -> other.startsWith(errors));
                all.add(errors);
            }
        }
        return all;
    }

    private static String literal(String prefix) {
        int expression = prefix.indexOf("!{");
        return expression < 0 ? prefix : prefix.substring(0, expression);
    }
}
