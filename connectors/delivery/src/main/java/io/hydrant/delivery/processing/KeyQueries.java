package io.hydrant.delivery.processing;

/** Chooses how a query is evaluated. */
final class KeyQueries {

    private KeyQueries() {}

    /**
     * The query, ready to use: plain paths are looked up in the stream of tokens, anything else is
     * evaluated on a tree.
     *
     * @throws IllegalArgumentException if it is no jq
     */
    static KeyQuery compile(String query) {
        QueryOutline outline = QueryOutline.of(query);
        JqKeyQuery onTree = JqKeyQuery.compile(query, outline == null ? null : outline.keys());
        return outline == null || outline.paths() == null
                ? onTree
                : new PathKeyQuery(outline.paths(), onTree);
    }
}
