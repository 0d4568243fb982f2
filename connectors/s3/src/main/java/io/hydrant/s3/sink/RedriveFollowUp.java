package io.hydrant.s3.sink;

import java.io.IOException;
import java.util.List;

/** What follows where objects of a redrive are not the destination yet. */
@FunctionalInterface
public interface RedriveFollowUp {

    /** Objects are all that there is to it. */
    RedriveFollowUp NONE = made -> {};

    /**
     * Objects are there, and their records count as redriven once this returns. It is called again
     * where that was not noted any more, so it must do no harm when repeated.
     *
     * @param made the objects of one error object
     */
    void committed(List<S3Committable> made) throws IOException, InterruptedException;
}
