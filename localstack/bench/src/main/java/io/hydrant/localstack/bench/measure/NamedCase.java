package io.hydrant.localstack.bench.measure;

import java.util.List;

/** What is measured, as it is named on the command line and in tables. */
public interface NamedCase {

    /** Name on the command line. */
    String id();

    /** Name in the tables. */
    String title();

    /**
     * The cases of those names, in the order of the names; all in their own order where none is
     * named.
     *
     * @throws IllegalArgumentException if there is no case of a name; the message lists all
     */
    static <C extends NamedCase> List<C> named(List<String> ids, List<C> all) {
        return ids.isEmpty() ? all : ids.stream().distinct().map(id -> named(id, all)).toList();
    }

    private static <C extends NamedCase> C named(String id, List<C> all) {
        return all.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "There is no case '"
                                                + id
                                                + "'; the cases are "
                                                + all.stream().map(NamedCase::id).toList()));
    }
}
