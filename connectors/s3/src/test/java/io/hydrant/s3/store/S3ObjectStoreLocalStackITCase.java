package io.hydrant.s3.store;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;

import org.junit.jupiter.api.BeforeEach;

@LocalStackTest
class S3ObjectStoreLocalStackITCase extends ObjectStoreContract {

    private final LocalStack localStack;
    private String bucket;

    S3ObjectStoreLocalStackITCase(LocalStack localStack) {
        this.localStack = localStack;
    }

    @BeforeEach
    void makeBucket(UniqueNames names) {
        bucket = names.newBucket("store");
    }

    @Override
    ObjectStore open() {
        return S3ObjectStore.connect(
                AwsClientConfig.forEndpoint(
                        localStack.endpoint(),
                        localStack.region(),
                        localStack.accessKey(),
                        localStack.secretKey()),
                new S3StoreConfig(null, ObjectAttributes.NONE));
    }

    @Override
    String bucket() {
        return bucket;
    }

    @Override
    int moreThanAPage() {
        return 1001;
    }
}
