package io.hydrant.localstack.bench.measure;

import java.util.Arrays;
import java.util.List;

/** What is measured, as it is named on the command line and in tables. */
public interface NamedCase {

    /** Name on the command line. */
    String id();

    /** Name in the tables. */
    String title();

    /**
     * The cases of those names, in the order in which they run; all where none is named.
     *
     * @throws IllegalArgumentException if there is no case of a name; the message lists all
     */
    static <C extends NamedCase> List<C> named(List<String> ids, C[] all) {
        for (String id : ids) {
            if (Arrays.stream(all).noneMatch(one -> one.id().equals(id))) {
                throw new IllegalArgumentException(
                        "There is no case '"
                                + id
                                + "'; the cases are "
                                + Arrays.stream(all).map(NamedCase::id).toList());
            }
        }
        return Arrays.stream(all).filter(one -> ids.isEmpty() || ids.contains(one.id())).toList();
    }
}
