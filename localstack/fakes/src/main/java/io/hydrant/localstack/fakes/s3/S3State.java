package io.hydrant.localstack.fakes.s3;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** All buckets of one fake, and its clock. */
final class S3State {

    final ConcurrentNavigableMap<String, Bucket> buckets = new ConcurrentSkipListMap<>();
    final AtomicLong uploadNumber = new AtomicLong();
    final InstantSource clock = InstantSource.system();
    final BodyReader bodies;

    S3State(boolean discardBodies) {
        this.bodies = new BodyReader(discardBodies);
    }

    Bucket bucket(String name) {
        Bucket bucket = buckets.get(name);
        if (bucket == null) {
            throw S3Error.noSuchBucket(name);
        }
        return bucket;
    }
}
