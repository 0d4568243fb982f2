package io.hydrant.localstack.fakes.kinesis;

/** An error that Kinesis answers with. */
final class KinesisError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    private KinesisError(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }

    static KinesisError invalidArgument(String message) {
        return new KinesisError("InvalidArgumentException", message);
    }

    static KinesisError validation(String message) {
        return new KinesisError("ValidationException", message);
    }

    static KinesisError serialization(String message) {
        return new KinesisError("SerializationException", message);
    }

    static KinesisError unknownOperation(String action) {
        return new KinesisError("UnknownOperationException", "This fake has no action " + action);
    }

    static KinesisError noStream(String stream) {
        return new KinesisError(
                "ResourceNotFoundException",
                "Stream " + stream + " under account " + FakeStream.ACCOUNT + " not found.");
    }

    static KinesisError noConsumer(String consumer) {
        return new KinesisError(
                "ResourceNotFoundException",
                "Consumer " + consumer + " under account " + FakeStream.ACCOUNT + " not found.");
    }

    static KinesisError noShard(String shard, String stream) {
        return new KinesisError(
                "ResourceNotFoundException",
                "Could not find shard "
                        + shard
                        + " in stream "
                        + stream
                        + " under account "
                        + FakeStream.ACCOUNT
                        + ".");
    }

    static KinesisError limit(String message) {
        return new KinesisError("LimitExceededException", message);
    }

    static KinesisError inUse(String message) {
        return new KinesisError("ResourceInUseException", message);
    }

    static KinesisError expiredIterator(long ageMillis) {
        return new KinesisError(
                "ExpiredIteratorException",
                "Iterator expired. The iterator is "
                        + ageMillis
                        + " ms old while the maximum age is "
                        + ShardIteratorToken.LIFETIME.toMillis()
                        + " ms.");
    }

    static KinesisError expiredNextToken() {
        return new KinesisError("ExpiredNextTokenException", "The NextToken has expired.");
    }

    static KinesisError throttled(String shard, String stream) {
        return new KinesisError("ProvisionedThroughputExceededException", rate(shard, stream));
    }

    static String rate(String shard, String stream) {
        return "Rate exceeded for shard "
                + shard
                + " in stream "
                + stream
                + " under account "
                + FakeStream.ACCOUNT
                + ".";
    }
}
