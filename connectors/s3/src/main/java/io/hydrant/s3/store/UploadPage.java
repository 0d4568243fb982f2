package io.hydrant.s3.store;

import java.util.List;

/**
 * One page of a listing of uploads.
 *
 * @param uploads uploads in the order of their keys
 * @param isLast whether no page follows
 */
public record UploadPage(List<ListedUpload> uploads, boolean isLast) {

    /** Keeps its own copy. */
    public UploadPage {
        uploads = List.copyOf(uploads);
    }
}
