package io.hydrant.template;

import java.util.Set;
import java.util.TreeSet;

/**
 * What was not known when a value was asked for.
 *
 * @param parameters names of parameters
 * @param resources what was asked of resources
 */
record Lacking(Set<String> parameters, Set<String> resources) {

    Lacking() {
        this(new TreeSet<>(), new TreeSet<>());
    }

    void addAll(UnknownValue unknown) {
        parameters.addAll(unknown.parameters());
        resources.addAll(unknown.resources());
    }
}
