package io.hydrant.launcher.redrive;

import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.store.ListedObject;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says which objects under a prefix are error objects that were asked for. */
final class ErrorObjects {

    /** Where Firehose puts what failed, too: documents by its guide, and before OpenSearch. */
    private static final Map<ErrorOutputType, List<String>> OTHER_FOLDERS =
            Map.of(
                    ErrorOutputType.OPENSEARCH_FAILED,
                    List.of("AmazonOpenSearchService_failed", "elasticsearch-failed"));

    private final Set<ErrorOutputType> types;
    private final List<String> ignoredPrefixes;
    private final RedrivePart part;

    /**
     * A choice of error objects.
     *
     * @param types which kinds, empty for all that failed
     * @param ignoredPrefixes what Hydrant keeps for itself
     * @param part which of them, of what several machines share
     */
    ErrorObjects(Set<ErrorOutputType> types, List<String> ignoredPrefixes, RedrivePart part) {
        this.part = part;
        this.types = Set.copyOf(types);
        this.ignoredPrefixes = List.copyOf(ignoredPrefixes);
    }

    /** Lists them before any is redriven, for what fails again makes new ones. */
    List<ListedObject> list(DeliveredObjects objects, S3Prefix from)
            throws IOException, InterruptedException {
        List<ListedObject> found = new ArrayList<>();
        objects.forEach(
                from.prefix(),
                object -> {
                    if (isWanted(object) && part.has(from.address(object.key()))) {
                        found.add(object);
                    }
                });
        return found;
    }

    private boolean isWanted(ListedObject object) {
        if (object.length() == 0 || ignoredPrefixes.stream().anyMatch(object.key()::startsWith)) {
            return false;
        }
        // What waits did not fail, and the job puts it where it belongs.
        return types.isEmpty()
                ? !isOf(ErrorOutputType.ICEBERG_WAITING, object.key())
                : types.stream().anyMatch(type -> isOf(type, object.key()));
    }

    /**
     * Every error prefix holds the type: by an expression, or in front of the date where it has
     * none. The name of the object itself does not count.
     */
    static boolean isOf(ErrorOutputType type, String key) {
        String folders = key.substring(0, key.lastIndexOf('/') + 1);
        return folders.contains(type.folder())
                || OTHER_FOLDERS.getOrDefault(type, List.of()).stream().anyMatch(folders::contains);
    }
}
