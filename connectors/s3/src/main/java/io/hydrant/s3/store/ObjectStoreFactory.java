package io.hydrant.s3.store;

import io.hydrant.core.aws.AwsClientConfig;

import java.io.Serializable;

/** Makes the store that a task works with; travels to the tasks with the job. */
@FunctionalInterface
public interface ObjectStoreFactory extends Serializable {

    /** A store of its own for the caller, who closes it. */
    ObjectStore open(AwsClientConfig aws, S3StoreConfig config);
}
