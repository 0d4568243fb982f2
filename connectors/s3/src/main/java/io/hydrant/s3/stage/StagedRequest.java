package io.hydrant.s3.stage;

import io.hydrant.s3.sink.S3Committable;

import org.apache.flink.api.connector.sink2.Committer.CommitRequest;

/** A request as the S3 room's committer sees it: its object, and what becomes of it. */
final class StagedRequest implements CommitRequest<S3Committable> {

    private final CommitRequest<StagedCommittable> request;

    /** A view of that request, which has an object. */
    StagedRequest(CommitRequest<StagedCommittable> request) {
        this.request = request;
    }

    @Override
    public S3Committable getCommittable() {
        return request.getCommittable().staged();
    }

    @Override
    public int getNumberOfRetries() {
        return request.getNumberOfRetries();
    }

    @Override
    public void signalFailedWithKnownReason(Throwable reason) {
        request.signalFailedWithKnownReason(reason);
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable reason) {
        request.signalFailedWithUnknownReason(reason);
    }

    @Override
    public void retryLater() {
        request.retryLater();
    }

    @Override
    public void updateAndRetryLater(S3Committable committable) {
        request.updateAndRetryLater(
                new StagedCommittable(committable, request.getCommittable().isLast()));
    }

    @Override
    public void signalAlreadyCommitted() {
        request.signalAlreadyCommitted();
    }
}
