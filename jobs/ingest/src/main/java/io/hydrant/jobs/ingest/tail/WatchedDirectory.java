package io.hydrant.jobs.ingest.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The directory of a flow: its files, and what they hold. */
final class WatchedDirectory {

    /** Kinesis Agent leaves out files with these endings, whatever the pattern. */
    private static final List<String> COMPRESSED = List.of(".gz", ".bz2", ".zip");

    private final Path directory;
    private final PathMatcher matcher;

    WatchedDirectory(String directory, String glob) {
        this.directory = Path.of(directory);
        this.matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    /** All its files, those that the pattern wants first, by name; none where it is not there. */
    List<ListedFile> list() throws IOException {
        List<ListedFile> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path path : entries) {
                BasicFileAttributes attributes = attributes(path);
                if (attributes != null && attributes.isRegularFile()) {
                    String name = path.getFileName().toString();
                    files.add(
                            new ListedFile(
                                    key(path, attributes),
                                    name,
                                    attributes.size(),
                                    attributes.lastModifiedTime().toMillis(),
                                    wants(path)));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        files.sort(
                Comparator.comparing(ListedFile::wanted)
                        .reversed()
                        .thenComparing(ListedFile::name));
        return files;
    }

    /** When a file of it was last made, renamed or removed; 0 where it is not there. */
    long changedMillis() {
        try {
            return Files.getLastModifiedTime(directory).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Opens a file, or null where it is not there or another one has its name. */
    FileChannel open(String name, String key) throws IOException {
        Path path = directory.resolve(name);
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return null;
        }
        // Looked at behind the opening: had the name gone to another file before, this shows it.
        BasicFileAttributes attributes = attributes(path);
        if (attributes == null || !key(path, attributes).equals(key)) {
            channel.close();
            return null;
        }
        return channel;
    }

    /** The size of a file that may be another one by now, or -1 where there is none. */
    long size(String name) {
        BasicFileAttributes attributes = attributes(directory.resolve(name));
        return attributes == null ? -1 : attributes.size();
    }

    /** Whether a file holds those bytes. */
    static boolean has(FileChannel channel, FileMark mark) throws IOException {
        if (mark.isEmpty()) {
            return true;
        }
        byte[] there = read(channel, mark.at(), mark.bytes().length);
        return Arrays.equals(there, mark.bytes());
    }

    /** So many bytes from a place on, or fewer where the file ends. */
    static byte[] read(FileChannel channel, long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = read(channel, at, bytes, length);
        return read == length ? bytes : Arrays.copyOf(bytes, read);
    }

    static int read(FileChannel channel, long at, byte[] into, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                break;
            }
        }
        return buffer.position();
    }

    private boolean wants(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return matcher.matches(path.getFileName()) && COMPRESSED.stream().noneMatch(name::endsWith);
    }

    private static BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException e) {
            return null;
        }
    }

    /** Device and inode; where a system has none, the name has to do. */
    private static String key(Path path, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? path.getFileName().toString() : key.toString();
    }
}
