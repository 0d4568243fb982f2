package io.hydrant.s3.store;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A store whose buckets are folders and whose objects are files, for trying deliveries out on one
 * machine. It keeps S3's rules but not its durability, and forgets the identities of objects and
 * the uploads when it is closed.
 *
 * <p>No key leads out of the folder: parts of a path that mean something to a file system ({@code
 * .}, {@code ..}, nothing) are percent-encoded, and names that are too long for one are cut.
 */
public final class FolderStore implements ObjectStore {

    private static final int SMALLEST_PART = 5 * 1024 * 1024;
    private static final int PAGE = 1_000;
    private static final int LONGEST_NAME = 255;
    private static final String UPLOADS = ".uploads";

    private final Path root;
    private final Map<Path, String> ids = new HashMap<>();
    private final Map<String, Upload> uploads = new HashMap<>();

    /** A store in a folder; each folder in it is a bucket. */
    public FolderStore(Path root) {
        this.root = root;
    }

    private record Part(Path file, String etag, int length) {}

    private record Upload(
            Path target,
            String bucket,
            String key,
            String id,
            long begunMillis,
            TreeMap<Integer, Part> parts) {}

    /** Where an object is. */
    public Path path(String bucket, String key) {
        Path path = root.resolve(bucket);
        for (String name : key.split("/", -1)) {
            path = path.resolve(safe(name));
        }
        return path;
    }

    @Override
    public void checkBucket(String bucket) {
        if (!Files.isDirectory(root.resolve(bucket))) {
            // HeadBucket has no body, so no code either.
            throw S3Exception.builder().statusCode(404).message("Not Found").build();
        }
    }

    @Override
    public synchronized String createUpload(String bucket, String key, String id) {
        checkBucket(bucket);
        String uploadId = UUID.randomUUID().toString();
        uploads.put(
                uploadId,
                new Upload(
                        path(bucket, key),
                        bucket,
                        key,
                        id,
                        System.currentTimeMillis(),
                        new TreeMap<>()));
        return uploadId;
    }

    @Override
    public String uploadPart(
            String bucket,
            String key,
            String uploadId,
            int number,
            byte[] bytes,
            int offset,
            int length) {
        Upload upload = upload(bucket, key, uploadId);
        CRC32 sum = new CRC32();
        sum.update(bytes, offset, length);
        Part part =
                new Part(
                        root.resolve(UPLOADS).resolve(uploadId + '-' + number),
                        '"' + Long.toHexString(sum.getValue()) + '"',
                        length);
        try {
            Files.createDirectories(part.file.getParent());
            try (OutputStream out = Files.newOutputStream(part.file)) {
                out.write(bytes, offset, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        synchronized (this) {
            upload.parts.put(number, part);
        }
        return part.etag;
    }

    @Override
    public synchronized void completeUpload(
            String bucket, String key, String uploadId, List<UploadedPart> parts) {
        Upload upload = upload(bucket, key, uploadId);
        for (int i = 0; i < parts.size(); i++) {
            Part part = upload.parts.get(parts.get(i).number());
            if (part == null || !part.etag.equals(parts.get(i).etag())) {
                throw failure(400, "InvalidPart");
            }
            if (part.length < SMALLEST_PART && i < parts.size() - 1) {
                throw failure(400, "EntityTooSmall");
            }
        }
        try {
            join(upload, parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ids.put(upload.target, upload.id);
        uploads.remove(uploadId);
        for (Part part : upload.parts.values()) {
            remove(part.file);
        }
        remove(root.resolve(UPLOADS));
    }

    @Override
    public synchronized void abortUpload(String bucket, String key, String uploadId) {
        Upload upload = uploads.get(uploadId);
        if (upload != null && upload.target.equals(path(bucket, key))) {
            uploads.remove(uploadId);
            upload.parts.values().forEach(part -> remove(part.file));
        }
    }

    private static void join(Upload upload, List<UploadedPart> parts) throws IOException {
        Path whole = upload.parts.get(parts.get(0).number()).file;
        try (OutputStream out = Files.newOutputStream(whole, StandardOpenOption.APPEND)) {
            for (UploadedPart part : parts.subList(1, parts.size())) {
                Files.copy(upload.parts.get(part.number()).file, out);
            }
        }
        Files.createDirectories(upload.target.getParent());
        Files.move(whole, upload.target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What cannot be removed is in nobody's way. */
    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A folder with other uploads in it, above all.
        }
    }

    @Override
    public synchronized void delete(String bucket, String key) {
        checkBucket(bucket);
        remove(path(bucket, key));
    }

    @Override
    public synchronized boolean putIfAbsent(String bucket, String key, String id, byte[] bytes) {
        checkBucket(bucket);
        Path path = path(bucket, key);
        try {
            Files.createDirectories(path.getParent());
            Files.write(path, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ids.put(path, id);
        return true;
    }

    @Override
    public synchronized StoredObject head(String bucket, String key) {
        Path path = path(bucket, key);
        try {
            return Files.isRegularFile(path)
                    ? new StoredObject(Files.size(path), ids.get(path))
                    : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream get(String bucket, String key) {
        try {
            return Files.newInputStream(path(bucket, key));
        } catch (NoSuchFileException e) {
            throw NoSuchKeyException.builder().statusCode(404).message("NoSuchKey").build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ObjectPage list(String bucket, String prefix, String startAfter) {
        checkBucket(bucket);
        Path folder = root.resolve(bucket);
        try (Stream<Path> files = Files.walk(folder)) {
            List<ListedObject> found =
                    files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                            .filter(key -> key.startsWith(prefix))
                            .filter(key -> startAfter == null || key.compareTo(startAfter) > 0)
                            .sorted()
                            .limit(PAGE + 1L)
                            .map(key -> new ListedObject(key, length(folder.resolve(key)), 0))
                            .toList();
            boolean isLast = found.size() <= PAGE;
            return new ObjectPage(isLast ? found : found.subList(0, PAGE), isLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized UploadPage uploads(String bucket, String prefix, ListedUpload startAfter) {
        checkBucket(bucket);
        List<ListedUpload> found = new ArrayList<>();
        uploads.forEach(
                (id, upload) -> {
                    if (upload.bucket.equals(bucket) && upload.key.startsWith(prefix)) {
                        found.add(new ListedUpload(upload.key, id, upload.begunMillis));
                    }
                });
        found.sort(Comparator.comparing(ListedUpload::key));
        return new UploadPage(found, true);
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private synchronized Upload upload(String bucket, String key, String uploadId) {
        Upload upload = uploads.get(uploadId);
        if (upload == null || !upload.target.equals(path(bucket, key))) {
            throw NoSuchUploadException.builder()
                    .statusCode(404)
                    .awsErrorDetails(AwsErrorDetails.builder().errorCode("NoSuchUpload").build())
                    .build();
        }
        return upload;
    }

    private static String safe(String name) {
        return switch (name) {
            case "" -> "%2F";
            case "." -> "%2E";
            case ".." -> "%2E%2E";
            default -> shortened(name.replace("\0", "%00"));
        };
    }

    /** S3 bounds the whole key only, file systems every name in it. */
    private static String shortened(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME) {
            return name;
        }
        return name.substring(0, Math.min(name.length(), LONGEST_NAME / 5))
                + '~'
                + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static S3Exception failure(int status, String code) {
        return (S3Exception)
                S3Exception.builder()
                        .statusCode(status)
                        .message(code)
                        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                        .build();
    }
}
