package io.hydrant.jobs.ingest.objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ObjectRecordsTest {

    /** What {@code printf 'one\\ntwo\\n' | zstd} makes. */
    private static final String ZSTD = "KLUv/QRYQQAAb25lCnR3bwrmpg5A";

    @Test
    void takesEachLineWithItsLineFeed() throws IOException {
        assertThat(read("one\n\ntwo\r\nrest", lines(0)))
                .containsExactly("one\n", "\n", "two\r\n", "rest");
        assertThat(read("one\n", lines(0))).containsExactly("one\n");
        assertThat(read("", lines(0))).isEmpty();
    }

    @Test
    void readsWhatIsCompressedByHowItBegins() throws IOException {
        assertThat(read(gzip("one\ntwo\n"), lines(0))).containsExactly("one\n", "two\n");
        assertThat(read(Base64.getDecoder().decode(ZSTD), lines(0)))
                .containsExactly("one\n", "two\n");
    }

    @Test
    void passesOverHeaderLines() throws IOException {
        assertThat(read("h1\nh2\none\n", lines(2))).containsExactly("one\n");
        assertThat(read("h1", lines(2))).isEmpty();
    }

    @Test
    void takesAnObjectAsItIsWhereThatIsSaid() throws IOException {
        byte[] gzip = gzip("one\ntwo\n");

        assertThat(read("one\ntwo\n", config(QueueConfig.Records.WHOLE, 0)))
                .containsExactly("one\ntwo\n");
        try (ObjectRecords records =
                ObjectRecords.of(
                        new ByteArrayInputStream(gzip), config(QueueConfig.Records.WHOLE, 0))) {
            assertThat(records.next()).isEqualTo(gzip);
            assertThat(records.next()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"LINES, it has a line of more than 40 bytes", "WHOLE, it is more than 40 bytes"})
    void saysWhatIsTooLarge(QueueConfig.Records kind, String problem) {
        assertThatThrownBy(() -> read("x".repeat(41), config(kind, 0)))
                .isInstanceOf(UnreadableObjectException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void saysThatAnObjectIsDamagedBehindWhatCouldBeRead() throws IOException {
        byte[] whole = gzip("one\ntwo\n");
        byte[] cut = Arrays.copyOf(whole, whole.length - 6);

        assertThatThrownBy(() -> read(cut, lines(0)))
                .isInstanceOf(UnreadableObjectException.class)
                .hasMessageContaining("it is damaged");
        assertThatThrownBy(() -> read(Arrays.copyOf(whole, 5), lines(0)))
                .isInstanceOf(UnreadableObjectException.class);
    }

    private static List<String> read(String content, QueueConfig config) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8), config);
    }

    private static List<String> read(byte[] content, QueueConfig config) throws IOException {
        List<String> read = new ArrayList<>();
        try (ObjectRecords records = ObjectRecords.of(new ByteArrayInputStream(content), config)) {
            for (byte[] next = records.next(); next != null; next = records.next()) {
                read.add(new String(next, StandardCharsets.UTF_8));
            }
        }
        return read;
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static QueueConfig lines(int header) {
        return config(QueueConfig.Records.LINES, header);
    }

    private static QueueConfig config(QueueConfig.Records records, int header) {
        return new QueueConfig(
                "queue",
                records,
                header,
                40,
                Duration.ofMinutes(5),
                10,
                QueueConfig.Rest.LEAVE,
                QueueConfig.Rest.LEAVE);
    }
}
