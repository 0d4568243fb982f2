package io.hydrant.jobs.ingest.tail;

/**
 * A file as its directory shows it.
 *
 * @param key device and inode
 * @param name name in the directory
 * @param size bytes
 * @param changedMillis when it was last written to
 * @param wanted whether the flow's pattern matches the name; others are looked at only for where a
 *     rotation took a file
 */
record ListedFile(String key, String name, long size, long changedMillis, boolean wanted) {}
