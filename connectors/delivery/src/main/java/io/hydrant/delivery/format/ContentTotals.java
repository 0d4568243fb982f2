package io.hydrant.delivery.format;

/**
 * What a file's end may have to say of its content.
 *
 * @param uncompressedBytes size of the content
 * @param encodedBytes size of everything in front of the end: beginning and blocks
 * @param checksum what {@link BlockCodec#checksum} made of all blocks
 */
public record ContentTotals(long uncompressedBytes, long encodedBytes, int checksum) {}
