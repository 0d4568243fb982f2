package io.hydrant.s3.read;

import io.hydrant.s3.store.ListedObject;
import io.hydrant.s3.store.ObjectPage;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;

import java.io.IOException;

/** Lists the objects under a prefix, page by page. */
final class ObjectListing {

    private final ObjectStore store;
    private final S3Calls calls;
    private final String bucket;
    private final String prefix;

    ObjectListing(ObjectStore store, S3Calls calls, String bucket, String prefix) {
        this.store = store;
        this.calls = calls;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** Gives every object to the visitor, in the order of the keys; returns how many there were. */
    long forEach(ObjectVisitor visitor) throws IOException, InterruptedException {
        long count = 0;
        String after = null;
        ObjectPage page;
        do {
            String startAfter = after;
            page =
                    calls.call(
                            S3Action.LIST,
                            bucket,
                            prefix,
                            () -> store.list(bucket, prefix, startAfter));
            for (ListedObject object : page.objects()) {
                visitor.visit(object);
                after = object.key();
                count++;
            }
        } while (!page.isLast());
        return count;
    }
}
