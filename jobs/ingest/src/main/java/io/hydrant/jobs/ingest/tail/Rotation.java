package io.hydrant.jobs.ingest.tail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Judges what became of the files that were being read, from what the directory shows now: renamed,
 * copied and truncated, replaced, removed; and which files are new.
 *
 * <p>A content stays with its file as long as that bears the bytes that were seen of it. Where it
 * does not any more, the content is looked for in the other files, for a rotation may have copied
 * it there before the truncation. The other way round, a file that begins as one that is being read
 * may be such a copy in the making, so it is held back for a while; read at once, its lines would
 * come twice, and left out for good, lines of a file that merely begins alike would be lost.
 *
 * <p>Pure: looks at files through {@link Contents} alone.
 */
final class Rotation {

    /** What files hold. */
    @FunctionalInterface
    interface Contents {
        /** Whether the file has those bytes at that place; false where it cannot be read. */
        boolean has(ListedFile file, FileMark mark);
    }

    /**
     * What became of all files.
     *
     * @param stays contents that are where they were, perhaps under another name
     * @param moved contents that are in another file now, which holds at least what was read of
     *     them, or all but the last of it
     * @param gone contents that are nowhere
     * @param fresh files with a content that was never seen
     * @param held files of which that is not certain yet
     */
    record Verdict(
            Map<TrackedFile, ListedFile> stays,
            Map<TrackedFile, ListedFile> moved,
            List<TrackedFile> gone,
            List<ListedFile> fresh,
            List<ListedFile> held) {}

    private Rotation() {}

    /**
     * Judges a listing.
     *
     * @param mayBeHeld whether a file that looks like a copy may still be held back
     */
    static Verdict judge(
            List<TrackedFile> tracked,
            List<ListedFile> listed,
            Contents contents,
            Predicate<ListedFile> mayBeHeld) {
        Map<String, ListedFile> free = new LinkedHashMap<>();
        listed.forEach(file -> free.putIfAbsent(file.key(), file));
        Map<TrackedFile, ListedFile> stays = new LinkedHashMap<>();
        List<TrackedFile> displaced = new ArrayList<>();
        for (TrackedFile content : tracked) {
            ListedFile file = free.get(content.key());
            if (file != null && isStillIn(content, file, contents)) {
                stays.put(content, file);
                free.remove(content.key());
            } else {
                displaced.add(content);
            }
        }
        Map<TrackedFile, ListedFile> moved = new LinkedHashMap<>();
        List<TrackedFile> gone = new ArrayList<>();
        for (TrackedFile content : displaced) {
            ListedFile copy = copyOf(content, free, contents);
            if (copy == null) {
                gone.add(content);
            } else {
                moved.put(content, copy);
                free.remove(copy.key());
            }
        }
        List<ListedFile> fresh = new ArrayList<>();
        List<ListedFile> held = new ArrayList<>();
        for (ListedFile file : free.values()) {
            if (file.wanted() && file.size() > 0) {
                boolean hold = mayBeHeld.test(file) && looksLikeACopy(file, stays, contents);
                (hold ? held : fresh).add(file);
            }
        }
        return new Verdict(stays, moved, gone, fresh, held);
    }

    private static boolean isStillIn(TrackedFile content, ListedFile file, Contents contents) {
        return file.size() >= content.offset()
                && contents.has(file, content.head())
                && contents.has(file, content.anchor());
    }

    private static ListedFile copyOf(
            TrackedFile content, Map<String, ListedFile> free, Contents contents) {
        if (content.head().isEmpty()) {
            return null;
        }
        for (ListedFile file : free.values()) {
            if (!file.key().equals(content.key()) && isCopied(content, file, contents)) {
                return file;
            }
        }
        return null;
    }

    /**
     * A copy may lack what was written, and read, between its end and the truncation; then it has
     * to bear what was read before that.
     */
    private static boolean isCopied(TrackedFile content, ListedFile file, Contents contents) {
        FileMark last = file.size() >= content.offset() ? content.anchor() : content.earlier();
        return !last.isEmpty() && contents.has(file, content.head()) && contents.has(file, last);
    }

    private static boolean looksLikeACopy(
            ListedFile file, Map<TrackedFile, ListedFile> stays, Contents contents) {
        for (TrackedFile content : stays.keySet()) {
            FileMark head = content.head().within(file.size());
            if (!head.isEmpty()
                    && contents.has(file, head)
                    && contents.has(file, content.anchor().within(file.size()))) {
                return true;
            }
        }
        return false;
    }
}
