package io.hydrant.s3.store;

/**
 * What the store knows of an object.
 *
 * @param length its size in bytes
 * @param id the identity in its metadata, null if it has none and therefore is not Hydrant's
 */
public record StoredObject(long length, String id) {}
