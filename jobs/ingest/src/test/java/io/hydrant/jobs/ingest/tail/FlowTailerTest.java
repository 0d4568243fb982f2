package io.hydrant.jobs.ingest.tail;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that are written, rotated and truncated while they are read, in a time that stands still.
 */
class FlowTailerTest {

    private static final long LATER = 60_000;

    private final Clock timeOfDay = Clock.fixed(Instant.now(), ZoneOffset.UTC);

    @TempDir private Path directory;

    private final TailCounters counters = new TailCounters();
    private boolean fromStart = true;
    private Pattern start;
    private int headerLines;
    private Pattern footer;
    private int bufferBytes = 1024;
    private int openFiles = 10;
    private long now;
    private long checkpoint;
    private FlowTailer tailer;
    private final List<LogRecord> all = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        tailer.close();
    }

    @Test
    void readsWhatIsAddedAndWaitsForTheRestOfALine() throws IOException {
        append("app.log", "one\ntwo\nthr");

        assertThat(read()).containsExactly("one\n", "two\n");
        append("app.log", "ee\n");
        assertThat(read()).containsExactly("three\n");
        assertThat(read()).isEmpty();
    }

    @Test
    void beginsAtTheEndOfFilesThatWereThereAndAtTheBeginningOfLaterOnes() throws IOException {
        fromStart = false;
        append("app.log", "old\nhal");

        assertThat(read()).isEmpty();
        append("app.log", "f\nnew\n");
        append("later.log", "all of it\n");

        assertThat(read()).containsExactlyInAnyOrder("half\n", "new\n", "all of it\n");
    }

    @Test
    void leavesOutFilesThatThePatternDoesNotWantAndCompressedOnes() throws IOException {
        append("app.log", "yes\n");
        append("app.txt", "no\n");
        append("app.gz.log", "yes too\n");
        Files.createDirectory(directory.resolve("folder.log"));

        assertThat(read()).containsExactlyInAnyOrder("yes\n", "yes too\n");
    }

    @Test
    void followsARenameAndItsLastLines() throws IOException {
        append("app.log", "1\n");
        read();
        append("app.log", "2\n");
        move("app.log", "app.1");
        append("app.log", "3\n");

        assertThat(read()).containsExactlyInAnyOrder("2\n", "3\n");
        append("app.1", "the writer still had it open\n");
        assertThat(read()).containsExactly("the writer still had it open\n");
    }

    @Test
    void followsACopyAndTruncation() throws IOException {
        append("app.log", "1 a line of the first day\n");
        read();
        append("app.log", "2 not read before the rotation\n");
        copy("app.log", "app.log.log");
        truncate("app.log");
        append("app.log", "3 of the second day\n");

        assertThat(read())
                .containsExactlyInAnyOrder(
                        "2 not read before the rotation\n", "3 of the second day\n");
        assertThat(counters.copiedFiles).isEqualTo(1);
    }

    @Test
    void holdsACopyBackUntilTheFileIsTruncated() throws IOException {
        append("app.log", "1 a line of the first day\n");
        read();
        copy("app.log", "copy.log");
        now += 200;
        assertThat(drain()).as("copied, not truncated yet").isEmpty();

        truncate("app.log");
        append("app.log", "2\n");

        assertThat(read()).containsExactly("2\n");
    }

    @Test
    void readsAFileThatMerelyBeginsLikeAnotherAfterAWhile() throws IOException {
        append("app.log", "the same line\n");
        read();
        append("other.log", "the same line\n");

        assertThat(read()).containsExactly("the same line\n");
    }

    @Test
    void readsATruncatedFileFromItsBeginning() throws IOException {
        append("app.log", "a long line of the first content\n");
        read();
        truncate("app.log");
        append("app.log", "short\n");

        assertThat(read()).containsExactly("short\n");
        assertThat(counters.replacedFiles).isEqualTo(1);
    }

    @Test
    void seesATruncationThoughTheFileIsLongerAgain() throws IOException {
        append("app.log", "1\n");
        read();
        truncate("app.log");
        append("app.log", "much longer than what was there before\nand more\n");

        assertThat(read())
                .containsExactly("much longer than what was there before\n", "and more\n");
    }

    @Test
    void takesNoBytesOfAnotherContentBetweenTwoLooksAtTheDirectory() throws IOException {
        append("app.log", "1\n");
        read();
        truncate("app.log");
        append("app.log", "much longer than what was there before\n");
        now += PollPace.LONGEST_MILLIS;

        List<String> records = drain();
        now += PollPace.LONGEST_MILLIS;
        records.addAll(drain());
        assertThat(records).containsExactly("much longer than what was there before\n");
    }

    @Test
    void readsTheRestOfARemovedFileItsHalfLineIncluded() throws IOException {
        append("app.log", "1\n");
        read();
        append("app.log", "2\nhalf");
        Files.delete(directory.resolve("app.log"));

        List<String> rest = read();
        rest.addAll(read());
        assertThat(rest).containsExactly("2\n", "half");
        read();
        assertThat(counters.files).isZero();
    }

    @Test
    void goesOnFromAStateWithTheSameNumbers() throws IOException {
        append("app.log", "1\n2\n");
        read();
        FlowSplit state = snapshot();
        append("app.log", "3\n4\n");
        read();
        List<LogRecord> before = List.copyOf(all.subList(2, 4));

        restore(state);
        all.clear();
        assertThat(read()).containsExactly("3\n", "4\n");
        assertThat(identities(all)).isEqualTo(identities(before));
    }

    @Test
    void givesFilesFoundAfterACheckpointTheSameNamesAgain() throws IOException {
        append("app.log", "1\n");
        read();
        FlowSplit state = snapshot();
        truncate("app.log");
        append("app.log", "2\n");
        append("new.log", "3\n");
        read();
        List<LogRecord> before = List.copyOf(all.subList(1, 3));

        restore(state);
        all.clear();
        read();
        assertThat(identities(all)).containsExactlyInAnyOrderElementsOf(identities(before));
    }

    @Test
    void findsAnotherContentOfTheSameSizeWrittenInTheSameTickOfTheFileSystem() throws IOException {
        FileTime tick = FileTime.fromMillis(timeOfDay.millis() - 1_000);
        append("app.log", "1\n");
        Files.setLastModifiedTime(directory.resolve("app.log"), tick);
        assertThat(read()).containsExactly("1\n");

        truncate("app.log");
        append("app.log", "2\n");
        Files.setLastModifiedTime(directory.resolve("app.log"), tick);
        assertThat(read()).containsExactly("2\n");
    }

    @Test
    void contentsThatBeginAlikeUnderOneInodeHaveNamesOfTheirOwn() throws IOException {
        append("app.log", "header\n1\n");
        read();
        truncate("app.log");
        append("app.log", "header\n");
        read();
        truncate("app.log");
        read();
        append("app.log", "header\n3\n");
        read();

        assertThat(all.stream().map(LogRecord::producer).distinct()).hasSize(3);
    }

    @Test
    void followsEveryKindOfRotationWhileItWasDown() throws IOException {
        append("a.log", "a1 first content\n");
        append("b.log", "b1 first content\n");
        append("c.log", "c1 first content\n");
        read();
        FlowSplit state = snapshot();
        append("a.log", "a2\n");
        move("a.log", "a.old");
        append("a.log", "a3\n");
        append("b.log", "b2\n");
        copy("b.log", "b.old");
        truncate("b.log");
        append("b.log", "b3\n");
        append("c.log", "c2\n");
        Files.delete(directory.resolve("c.log"));
        append("c.log", "c3\n");

        restore(state);
        assertThat(read())
                .as("c2 is nowhere")
                .containsExactlyInAnyOrder("a2\n", "a3\n", "b2\n", "b3\n", "c3\n");
    }

    @Test
    void aRecordOfSeveralLinesEndsWhereTheNextBegins() throws IOException {
        start = Pattern.compile("\\d");
        append("app.log", "1 error\n at x\n at y\n2 info\n");

        assertThat(read()).containsExactly("1 error\n at x\n at y\n");
        append("app.log", " more of 2\n3 info\n");
        assertThat(read()).containsExactly("2 info\n more of 2\n");
    }

    @Test
    void theLastRecordOfSeveralLinesGoesWhenACheckpointSaysWhereItEnds() throws IOException {
        start = Pattern.compile("\\d");
        append("app.log", "1 error\n at x\n");
        read();
        now += LATER;
        FlowSplit state = snapshot();
        assertThat(read()).as("the checkpoint may still fail").isEmpty();

        tailer.completed(checkpoint);
        assertThat(read()).containsExactly("1 error\n at x\n");
        List<LogRecord> before = List.copyOf(all);

        append("app.log", " at z\n2 info\n");
        restore(state);
        all.clear();
        assertThat(read()).as("ends where it did").containsExactly("1 error\n at x\n", " at z\n");
        assertThat(identities(all.subList(0, 1))).isEqualTo(identities(before));
    }

    @Test
    void aRecordLongerThanTheBufferLosesItsEnd() throws IOException {
        bufferBytes = 64;
        append("app.log", "x".repeat(200) + "\nnext\n");

        assertThat(read()).containsExactly("x".repeat(64), "next\n");
        assertThat(counters.discardedBytes).isEqualTo(137);
    }

    @Test
    void aLongRecordOfSeveralLinesEndsAtTheNextStart() throws IOException {
        bufferBytes = 64;
        start = Pattern.compile("\\d");
        append("app.log", "1\n" + " trace\n".repeat(40) + "2 next\n3 last\n");

        List<String> records = read();
        assertThat(records).hasSize(2);
        assertThat(records.get(0)).hasSize(64);
        assertThat(records.get(1)).isEqualTo("2 next\n");
    }

    @Test
    void leavesOutHeaderLinesOfEachContent() throws IOException {
        headerLines = 2;
        append("app.log", "h1\nh");
        read();
        append("app.log", "2\n1\n");
        assertThat(read()).containsExactly("1\n");
        truncate("app.log");
        read();
        append("app.log", "h1\nh2\n2\n");

        assertThat(read()).containsExactly("2\n");
    }

    @Test
    void readsNothingBehindTheFooter() throws IOException {
        footer = Pattern.compile("END.*");
        append("app.log", "1\nEND of file\n2\n");

        assertThat(read()).containsExactly("1\n");
        append("app.log", "3\n");
        assertThat(read()).isEmpty();
    }

    @Test
    void readsMoreFilesThanItKeepsOpen() throws IOException {
        openFiles = 3;
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 20; i++) {
                append("f" + i + ".log", "file " + i + " round " + round + "\n");
            }
            assertThat(read()).hasSize(20);
        }
        assertThat(all.stream().map(LogRecord::producer).distinct()).hasSize(20);
    }

    @Test
    void readsRecordsOverTheEndsOfChunks() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("record ").append(i).append('\n');
        }
        bufferBytes = 5 * 1024 * 1024;
        append("app.log", text.toString());

        assertThat(String.join("", read())).isEqualTo(text.toString());
    }

    @Test
    void waitsForADirectoryThatIsNotThereYet() throws IOException {
        Path nested = directory.resolve("later");
        tailer = tailer(nested, FlowSplit.beginning("flow", "lineage"));
        assertThat(drain()).isEmpty();
        Files.createDirectory(nested);
        Files.writeString(nested.resolve("app.log"), "1\n");
        now += LATER;

        assertThat(drain()).containsExactly("1\n");
    }

    /** What comes until nothing more does, with time for everything that waits for some. */
    private List<String> read() throws IOException {
        if (tailer == null) {
            tailer = tailer(directory, FlowSplit.beginning("flow", "lineage"));
        }
        List<String> read = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            now += LATER;
            read.addAll(drain());
        }
        return read;
    }

    private List<String> drain() throws IOException {
        List<String> read = new ArrayList<>();
        for (LogRecord record = tailer.next(); record != null; record = tailer.next()) {
            all.add(record);
            read.add(new String(record.data(), StandardCharsets.UTF_8));
        }
        return read;
    }

    private FlowSplit snapshot() throws IOException {
        FlowSplitSerializer serializer = new FlowSplitSerializer();
        FlowSplit split = tailer.snapshot("flow", "lineage", ++checkpoint);
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
    }

    private void restore(FlowSplit state) throws IOException {
        tailer.close();
        tailer = tailer(directory, state);
    }

    private FlowTailer tailer(Path where, FlowSplit state) {
        return new FlowTailer(
                new TailConfig(
                        "flow",
                        where.toString(),
                        "*.log",
                        fromStart,
                        start,
                        headerLines,
                        footer,
                        100,
                        10_000,
                        bufferBytes,
                        openFiles),
                state,
                () -> now,
                timeOfDay,
                counters);
    }

    private static List<String> identities(List<LogRecord> records) {
        return records.stream()
                .map(
                        record ->
                                record.producer()
                                        + ' '
                                        + record.number()
                                        + ' '
                                        + new String(record.data(), StandardCharsets.UTF_8))
                .toList();
    }

    private void append(String name, String text) throws IOException {
        Files.writeString(
                directory.resolve(name),
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private void move(String from, String to) throws IOException {
        Files.move(directory.resolve(from), directory.resolve(to));
    }

    private void copy(String from, String to) throws IOException {
        Files.copy(
                directory.resolve(from),
                directory.resolve(to),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void truncate(String name) throws IOException {
        Files.write(directory.resolve(name), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    }
}
