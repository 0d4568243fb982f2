package io.hydrant.jobs.ingest.tail;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What became of files, judged from names, inodes and bytes. */
class RotationTest {

    private static final String OLD =
            "1 first line of the old file\n2 second line of the old file\n";
    private static final String NEW = "1 first line of the new file\n";

    private final Map<String, String> disk = new HashMap<>();
    private boolean mayBeHeld = true;

    @Test
    void aFileThatGrewIsTheSame() {
        var verdict = judge(read("i1", "app.log", OLD), file("i1", "app.log", OLD + "3 more\n"));

        assertThat(names(verdict.stays())).isEqualTo("app.log -> app.log");
        assertNothingElse(verdict);
    }

    @Test
    void aRenamedFileIsFollowedAndTheOneInItsPlaceIsNew() {
        var verdict =
                judge(
                        read("i1", "app.log", OLD),
                        file("i2", "app.log", NEW),
                        file("i1", "app.log.1", OLD));

        assertThat(names(verdict.stays())).isEqualTo("app.log -> app.log.1");
        assertThat(verdict.fresh()).extracting(ListedFile::name).containsExactly("app.log");
    }

    @Test
    void aFileRenamedToWhatThePatternDoesNotWantIsFollowed() {
        var verdict = judge(read("i1", "app.log", OLD), unwanted("i1", "old-app", OLD));

        assertThat(names(verdict.stays())).isEqualTo("app.log -> old-app");
        assertNothingElse(verdict);
    }

    @Test
    void aCopyIsGoneOnWithOnceTheFileIsTruncated() {
        var verdict =
                judge(
                        read("i1", "app.log", OLD),
                        file("i1", "app.log", ""),
                        file("i2", "app.log.1", OLD + "3 not read yet\n"));

        assertThat(names(verdict.moved())).isEqualTo("app.log -> app.log.1");
        assertThat(verdict.fresh()).isEmpty();
    }

    @Test
    void aCopyIsHeldBackAsLongAsTheFileIsWhole() {
        var verdict =
                judge(
                        read("i1", "app.log", OLD),
                        file("i1", "app.log", OLD),
                        file("i2", "app.log.1", OLD.substring(0, 10)));

        assertThat(verdict.held()).extracting(ListedFile::name).containsExactly("app.log.1");
        assertThat(verdict.fresh()).isEmpty();
    }

    @Test
    void aFileThatBeginsAsAnotherIsNewInTheEndSoThatNoLineIsLost() {
        mayBeHeld = false;
        var verdict =
                judge(
                        read("i1", "app.log", OLD),
                        file("i1", "app.log", OLD),
                        file("i2", "other.log", OLD));

        assertThat(verdict.fresh()).extracting(ListedFile::name).containsExactly("other.log");
    }

    @Test
    void aTruncatedFileWithoutACopyIsANewContent() {
        var verdict = judge(read("i1", "app.log", OLD), file("i1", "app.log", NEW));

        assertThat(verdict.gone()).hasSize(1);
        assertThat(verdict.fresh()).extracting(ListedFile::name).containsExactly("app.log");
    }

    @Test
    void aTruncatedFileThatGrewBeyondWhereItWasReadIsANewContent() {
        var verdict = judge(read("i1", "app.log", OLD), file("i1", "app.log", NEW + OLD));

        assertThat(verdict.gone()).hasSize(1);
        assertThat(verdict.fresh()).extracting(ListedFile::name).containsExactly("app.log");
    }

    @Test
    void aNewContentUnderTheSameHeaderIsToldByWhereTheOldOneWasRead() {
        String header = "a,b,c\n".repeat(50);
        var verdict =
                judge(
                        read("i1", "app.csv", header + "1,2,3\n".repeat(20)),
                        file("i1", "app.csv", header + "4,5,6\n".repeat(21)));

        assertThat(verdict.stays()).isEmpty();
        assertThat(verdict.fresh()).hasSize(1);
    }

    @Test
    void anInodeThatWasGivenToAnotherFileIsANewContent() {
        var verdict = judge(read("i1", "app.log", OLD), file("i1", "web.log", NEW));

        assertThat(verdict.gone()).hasSize(1);
        assertThat(verdict.fresh()).extracting(ListedFile::name).containsExactly("web.log");
    }

    @Test
    void aRotationOfSeveralFilesByCopyingIntoEachOther() {
        String older = "0 a line of the oldest file\n";
        disk.clear();
        TrackedFile first = read("i1", "app.log", OLD);
        TrackedFile second = read("i2", "app.log.1", older);
        var verdict =
                Rotation.judge(
                        List.of(first, second),
                        List.of(
                                file("i1", "app.log", NEW),
                                file("i2", "app.log.1", OLD),
                                file("i3", "app.log.2", older)),
                        this::has,
                        file -> mayBeHeld);

        assertThat(verdict.moved().get(first).name()).isEqualTo("app.log.1");
        assertThat(verdict.moved().get(second).name()).isEqualTo("app.log.2");
        assertThat(verdict.fresh()).extracting(ListedFile::name).containsExactly("app.log");
    }

    @Test
    void aCopyThatLacksTheLastLinesReadIsTheSameContent() {
        String start = "x".repeat(300) + "\n";
        TrackedFile content =
                read("i1", "app.log", start + "1 read\n2 read before the truncation\n");
        content =
                with(
                        content,
                        new FileMark(
                                200, start.substring(200, 264).getBytes(StandardCharsets.UTF_8)));
        var verdict =
                judge(
                        content,
                        file("i1", "app.log", ""),
                        file("i2", "app.log.1", start + "1 read\n"));

        assertThat(names(verdict.moved())).isEqualTo("app.log -> app.log.1");
    }

    @Test
    void aNewFileThatMerelyHasTheSameShortBeginningIsNoCopy() {
        String header = "x".repeat(300) + "\n";
        var verdict =
                judge(
                        read("i1", "app.log", header + "1\n2\n3\n"),
                        file("i2", "app.log", header + "9\n"));

        assertThat(verdict.moved()).isEmpty();
        assertThat(verdict.fresh()).extracting(ListedFile::name).containsExactly("app.log");
    }

    @Test
    void aFileThatIsNowhereIsGone() {
        var verdict = judge(read("i1", "app.log", OLD), file("i2", "app.log", NEW));

        assertThat(verdict.gone()).hasSize(1);
        assertThat(verdict.moved()).isEmpty();
    }

    @Test
    void anEmptyFileWaitsForItsFirstBytesAndAnUnwantedOneForNothing() {
        var verdict =
                judge(
                        read("i1", "app.log", OLD),
                        file("i1", "app.log", OLD),
                        file("i2", "app.log.1", ""),
                        unwanted("i3", "app.log.2.gz", NEW));

        assertNothingElse(verdict);
    }

    private Rotation.Verdict judge(TrackedFile content, ListedFile... listed) {
        return Rotation.judge(List.of(content), List.of(listed), this::has, file -> mayBeHeld);
    }

    /** A content that was read to its end. */
    private static TrackedFile read(String key, String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        int anchor = Math.min(FileMark.ANCHOR, bytes.length);
        return new TrackedFile(
                key,
                name,
                0,
                "producer",
                0,
                bytes.length,
                2,
                0,
                false,
                false,
                -1,
                new FileMark(0, Arrays.copyOf(bytes, Math.min(FileMark.HEAD, bytes.length))),
                FileMark.NONE,
                new FileMark(
                        bytes.length - anchor,
                        Arrays.copyOfRange(bytes, bytes.length - anchor, bytes.length)));
    }

    private static TrackedFile with(TrackedFile file, FileMark earlier) {
        return new TrackedFile(
                file.key(),
                file.name(),
                file.generation(),
                file.producer(),
                file.start(),
                file.offset(),
                file.number(),
                file.headerLines(),
                file.skipping(),
                file.ended(),
                file.cut(),
                file.head(),
                earlier,
                file.anchor());
    }

    private ListedFile file(String key, String name, String content) {
        disk.put(name, content);
        return new ListedFile(key, name, content.length(), 0, true);
    }

    private ListedFile unwanted(String key, String name, String content) {
        disk.put(name, content);
        return new ListedFile(key, name, content.length(), 0, false);
    }

    private boolean has(ListedFile file, FileMark mark) {
        String content = disk.get(file.name());
        return content.length() >= mark.end()
                && content.substring((int) mark.at(), (int) mark.end())
                        .equals(new String(mark.bytes(), StandardCharsets.UTF_8));
    }

    private static String names(Map<TrackedFile, ListedFile> found) {
        StringBuilder names = new StringBuilder();
        found.forEach((content, file) -> names.append(content.name() + " -> " + file.name()));
        return names.toString();
    }

    private static void assertNothingElse(Rotation.Verdict verdict) {
        assertThat(verdict.moved()).isEmpty();
        assertThat(verdict.gone()).isEmpty();
        assertThat(verdict.fresh()).isEmpty();
        assertThat(verdict.held()).isEmpty();
    }
}
