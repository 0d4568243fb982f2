package io.hydrant.jobs.ingest.tail;

import java.util.Objects;

/**
 * One content of a file and how far it was read, as checkpoints hold it.
 *
 * @param key device and inode of the file that has the content
 * @param name the file's name in its directory
 * @param generation contents that the key had before this one
 * @param producer name under which its records are numbered, null before the first
 * @param start where reading began
 * @param offset the first byte that was not passed on yet
 * @param number records passed on
 * @param headerLines lines at the head that are still to be left out
 * @param skipping whether the rest of a record that was too long is being left out
 * @param ended whether the footer was found, behind which nothing is read
 * @param cut where the record that nothing followed ends for certain, or -1
 * @param head the first bytes of the content
 * @param earlier some bytes before {@code anchor}
 * @param anchor some bytes at or before the offset
 */
record TrackedFile(
        String key,
        String name,
        int generation,
        String producer,
        long start,
        long offset,
        long number,
        int headerLines,
        boolean skipping,
        boolean ended,
        long cut,
        FileMark head,
        FileMark earlier,
        FileMark anchor) {

    TrackedFile {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(earlier, "earlier");
        Objects.requireNonNull(anchor, "anchor");
    }
}
