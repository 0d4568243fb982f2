package io.hydrant.s3.store;

/**
 * An object as a listing shows it.
 *
 * @param key its key
 * @param length its size in bytes
 * @param lastModifiedMillis when it was written, milliseconds since the epoch
 */
public record ListedObject(String key, long length, long lastModifiedMillis) {}
