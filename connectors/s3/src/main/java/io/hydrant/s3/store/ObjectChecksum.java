package io.hydrant.s3.store;

import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * The sum that is sent along with an object's bytes: S3 refuses bytes that do not add up to it and
 * keeps it with the object, where readers find it.
 *
 * <p>An object of parts has, by a CRC, the sum over all its bytes; by a digest, which cannot be put
 * together from those of the parts, the sum over the sums of its parts.
 *
 * <p>Source: Amazon S3 user guide, "Checking object integrity in Amazon S3". Its CRC64NVME, which
 * S3 adds by itself where no other is sent, is not among these: the SDK computes it by a native
 * library only.
 */
public enum ObjectChecksum {
    /** CRC-32, 4 bytes. */
    CRC32,
    /** CRC-32C (Castagnoli), 4 bytes. */
    CRC32C,
    /** SHA-1, 20 bytes. */
    SHA1,
    /** SHA-256, 32 bytes. */
    SHA256;

    ChecksumAlgorithm algorithm() {
        return ChecksumAlgorithm.fromValue(name());
    }

    /** What an object of parts has it over. */
    ChecksumType type() {
        return switch (this) {
            case CRC32, CRC32C -> ChecksumType.FULL_OBJECT;
            case SHA1, SHA256 -> ChecksumType.COMPOSITE;
        };
    }

    /** The sum of a part, in base64, as the store confirmed it. */
    String of(UploadPartResponse part) {
        return switch (this) {
            case CRC32 -> part.checksumCRC32();
            case CRC32C -> part.checksumCRC32C();
            case SHA1 -> part.checksumSHA1();
            case SHA256 -> part.checksumSHA256();
        };
    }

    void addTo(CompletedPart.Builder part, String sum) {
        switch (this) {
            case CRC32 -> part.checksumCRC32(sum);
            case CRC32C -> part.checksumCRC32C(sum);
            case SHA1 -> part.checksumSHA1(sum);
            case SHA256 -> part.checksumSHA256(sum);
        }
    }
}
