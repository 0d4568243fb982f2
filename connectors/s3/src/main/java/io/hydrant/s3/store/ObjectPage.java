package io.hydrant.s3.store;

import java.util.List;

/**
 * One page of a listing.
 *
 * @param objects objects in the order of their keys
 * @param isLast whether no page follows
 */
public record ObjectPage(List<ListedObject> objects, boolean isLast) {

    /** Keeps its own copy. */
    public ObjectPage {
        objects = List.copyOf(objects);
    }
}
