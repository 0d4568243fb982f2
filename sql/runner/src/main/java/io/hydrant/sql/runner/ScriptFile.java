package io.hydrant.sql.runner;

import io.hydrant.core.text.ByteOrderMark;

import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A script as it was written.
 *
 * @param name the last part of its place, for messages
 * @param text what it says, with variables
 */
record ScriptFile(String name, String text) {

    /** Far more than anybody writes; what is larger is another file. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final String SUFFIX = ".sql";

    /**
     * Reads a script from a file or from any file system that Flink has.
     *
     * @param argument what messages call the place by, such as {@code --script}
     * @throws ScriptException if it cannot be read
     */
    static ScriptFile read(String argument, String place) {
        Path path = pathOf(place);
        try (FSDataInputStream in = path.getFileSystem().open(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ScriptException(
                        argument + " " + place + " has more than " + MAX_BYTES + " bytes");
            }
            return new ScriptFile(
                    path.getName(),
                    ByteOrderMark.skip(
                                    StandardCharsets.UTF_8
                                            .newDecoder()
                                            .decode(ByteBuffer.wrap(bytes))
                                            .toString())
                            .replace("\r\n", "\n"));
        } catch (FileNotFoundException e) {
            throw new ScriptException(argument + " " + place + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new ScriptException(argument + " " + place + " is not text in UTF-8", e);
        } catch (IOException e) {
            throw new ScriptException(
                    argument + " " + place + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A place without a scheme is a file of this machine, whatever Flink's default is. */
    static Path pathOf(String place) {
        int colon = place.indexOf(':');
        return colon > 1
                ? new Path(URI.create(place))
                : Path.fromLocalFile(java.nio.file.Path.of(place).toAbsolutePath().toFile());
    }

    /** Its name as that of a job. */
    String title() {
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
