package io.hydrant.localstack.fakes.redshift;

/**
 * One object that a COPY reads.
 *
 * @param bucket its bucket
 * @param key its key
 */
record LoadFile(String bucket, String key) {

    String url() {
        return "s3://" + bucket + '/' + key;
    }

    static LoadFile of(String url) throws FakeSqlException {
        int slash = url.indexOf('/', 5);
        if (!url.startsWith("s3://") || slash < 0) {
            throw FakeSqlException.loadFailed("Invalid url in manifest: " + url);
        }
        return new LoadFile(url.substring(5, slash), url.substring(slash + 1));
    }
}
