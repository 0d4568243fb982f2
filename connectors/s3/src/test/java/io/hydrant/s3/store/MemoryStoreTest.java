package io.hydrant.s3.store;

class MemoryStoreTest extends ObjectStoreContract {

    private final MemoryStore store = new MemoryStore("bucket");

    @Override
    ObjectStore open() {
        return store;
    }

    @Override
    String bucket() {
        return "bucket";
    }

    @Override
    int moreThanAPage() {
        return 101;
    }
}
