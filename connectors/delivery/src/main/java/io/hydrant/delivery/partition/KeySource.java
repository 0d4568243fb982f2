package io.hydrant.delivery.partition;

import java.util.Map;

/** Where a partitioning key comes from; each has a namespace of prefix expressions. */
enum KeySource {
    QUERY("partitionKeyFromQuery"),
    LAMBDA("partitionKeyFromLambda");

    private final String namespace;

    KeySource(String namespace) {
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }

    Map<String, String> of(PartitionKeys keys) {
        return this == QUERY ? keys.fromQuery() : keys.fromLambda();
    }
}
