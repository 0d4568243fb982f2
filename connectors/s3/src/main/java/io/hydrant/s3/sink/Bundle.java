package io.hydrant.s3.sink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Small objects that wait for their checkpoint end to end in one staged segment, so that they leave
 * memory without a multipart upload each. Belongs to the subtask's thread.
 */
final class Bundle {

    /** What it holds, until the segment does. */
    private List<byte[]> contents = new ArrayList<>();

    private int length;
    private int objects;
    private Segment segment;

    /** Adds a whole object. */
    Place add(byte[] content) {
        Place place = new Place(this, objects, length, content.length);
        contents.add(content);
        length += content.length;
        objects++;
        return place;
    }

    int length() {
        return length;
    }

    /** What goes to the store under that key; nothing is added from now on. */
    Segment seal(String key) {
        byte[] bytes = new byte[length];
        int offset = 0;
        for (byte[] content : contents) {
            System.arraycopy(content, 0, bytes, offset, content.length);
            offset += content.length;
        }
        contents = null;
        segment = Segment.begun(key, bytes);
        return segment;
    }

    boolean isSealed() {
        return segment != null;
    }

    /** Whether the store has it. */
    boolean isStored() {
        return segment != null && segment.isStored();
    }

    /** One of its objects, whose bytes the store does not have yet. */
    private byte[] content(int index, int offset, int size) {
        return segment == null
                ? contents.get(index)
                : Arrays.copyOfRange(segment.pending(), offset, offset + size);
    }

    /**
     * An object's place in a bundle.
     *
     * @param bundle which one
     * @param index the how manieth object it is there, from 0
     * @param offset where it begins
     * @param size its bytes
     */
    record Place(Bundle bundle, int index, int offset, int size) {

        /** Its bytes, which the store does not have yet. */
        byte[] content() {
            return bundle.content(index, offset, size);
        }

        /** Where the committer finds it. */
        S3Committable.Bundled stored() {
            return new S3Committable.Bundled(bundle.segment.key, offset, bundle.objects);
        }
    }
}
