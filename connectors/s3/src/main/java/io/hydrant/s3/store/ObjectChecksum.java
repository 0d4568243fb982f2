package io.hydrant.s3.store;

import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * The sum that is sent along with an object's bytes: S3 refuses bytes that do not add up to it and
 * keeps it with the object, where readers find it.
 *
 * <p>An object of parts has, by a CRC, the sum over all its bytes; by a digest, which cannot be put
 * together from those of the parts, the sum over the sums of its parts.
 *
 * <p>Source: Amazon S3 user guide, "Checking object integrity in Amazon S3".
 */
public enum ObjectChecksum {
    /** CRC-32, 4 bytes. */
    CRC32,
    /** CRC-32C (Castagnoli), 4 bytes. */
    CRC32C,
    /** CRC-64/NVME, 8 bytes; the one that S3 adds by itself where none is sent. */
    CRC64NVME,
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
            case CRC32, CRC32C, CRC64NVME -> ChecksumType.FULL_OBJECT;
            case SHA1, SHA256 -> ChecksumType.COMPOSITE;
        };
    }

    /** Has the sum of an object's bytes sent along with them. */
    void addTo(PutObjectRequest.Builder request, byte[] bytes) {
        if (this == CRC64NVME) {
            request.checksumCRC64NVME(crc64(bytes, 0, bytes.length));
        } else {
            request.checksumAlgorithm(algorithm());
        }
    }

    /** Has the sum of a part's bytes sent along with them. */
    void addTo(UploadPartRequest.Builder request, byte[] bytes, int offset, int length) {
        if (this == CRC64NVME) {
            request.checksumCRC64NVME(crc64(bytes, offset, length));
        } else {
            request.checksumAlgorithm(algorithm());
        }
    }

    /** Not left to the SDK, which has it in a native library only. */
    private static String crc64(byte[] bytes, int offset, int length) {
        byte[] sum =
                ByteBuffer.allocate(Long.BYTES)
                        .putLong(Crc64Nvme.of(bytes, offset, length))
                        .array();
        return Base64.getEncoder().encodeToString(sum);
    }

    /** The sum of a part, in base64, as the store confirmed it. */
    String of(UploadPartResponse part) {
        return switch (this) {
            case CRC32 -> part.checksumCRC32();
            case CRC32C -> part.checksumCRC32C();
            case CRC64NVME -> part.checksumCRC64NVME();
            case SHA1 -> part.checksumSHA1();
            case SHA256 -> part.checksumSHA256();
        };
    }

    void addTo(CompletedPart.Builder part, String sum) {
        switch (this) {
            case CRC32 -> part.checksumCRC32(sum);
            case CRC32C -> part.checksumCRC32C(sum);
            case CRC64NVME -> part.checksumCRC64NVME(sum);
            case SHA1 -> part.checksumSHA1(sum);
            case SHA256 -> part.checksumSHA256(sum);
        }
    }
}
