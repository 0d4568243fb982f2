package io.hydrant.s3.stage;

import io.hydrant.s3.sink.S3Committable;

import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The objects of a checkpoint that is completed.
 *
 * @param made those that are visible now, in the order of their requests
 * @param isLast whether the input of a task has ended with them
 */
public record StagedObjects(List<S3Committable> made, boolean isLast) {

    /**
     * Makes objects visible.
     *
     * @param objects does it, and answers the requests
     */
    public static StagedObjects commit(
            Committer<S3Committable> objects, Collection<CommitRequest<StagedCommittable>> requests)
            throws IOException, InterruptedException {
        List<CommitRequest<S3Committable>> staged = new ArrayList<>();
        List<S3Committable> made = new ArrayList<>();
        boolean isLast = false;
        for (CommitRequest<StagedCommittable> request : requests) {
            S3Committable object = request.getCommittable().staged();
            isLast |= request.getCommittable().isLast();
            if (object != null) {
                staged.add(new StagedRequest(request));
                made.add(object);
            }
        }
        objects.commit(staged);
        return new StagedObjects(made, isLast);
    }
}
