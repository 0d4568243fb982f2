package io.hydrant.s3.archive;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArchiveRecordsTest {

    /** In the contents, ~ is a line feed and ^ a carriage return; in the records, | parts them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "LINES;a~b~;a|b",
                "LINES;a~b;a|b",
                "LINES;~~a^~~^~b;a|b",
                "LINES; a ~{1}{2}; a |{1}{2}",
                "JSON;{\"a\":1}{\"b\":2};{\"a\":1}|{\"b\":2}",
                "JSON;{\"a\":1}~ {\"b\":~2}~;{\"a\":1}|{\"b\":~2}",
                "JSON;{\"a\":\"}\\\"{\"}[1,[2]];{\"a\":\"}\\\"{\"}|[1,[2]]",
                "JSON;1 true\"x y\"{};1|true\"x|y\"|{}",
                "JSON;\"x y\"7{};\"x y\"|7|{}",
                "JSON;{\"a\":;{\"a\":",
                "JSON;no json~{};no|json|{}",
                "AUTO;~ {\"a\":1}{\"b\":2};{\"a\":1}|{\"b\":2}",
                "AUTO; a,b~{1}; a,b|{1}",
                "AUTO;[1]~[2];[1]|[2]",
            })
    void cutsContentsIntoRecords(ArchiveFormat format, String content, String records)
            throws IOException {
        assertThat(records(content.replace('~', '\n').replace('^', '\r'), format, 1000))
                .containsExactly(records.replace('~', '\n').split("\\|"));
    }

    @Test
    void emptyContentsHoldNoRecords() throws IOException {
        for (ArchiveFormat format : ArchiveFormat.values()) {
            assertThat(records("", format, 10)).isEmpty();
            assertThat(records("\n\r\n", format, 10)).isEmpty();
        }
    }

    @Test
    void refusesARecordThatIsTooLarge() throws IOException {
        assertThat(records("12345\n{\"345\"", ArchiveFormat.LINES, 6)).hasSize(2);
        assertThatThrownBy(() -> records("{\"34567\"}", ArchiveFormat.JSON, 6))
                .isInstanceOf(UnreadableArchiveException.class)
                .hasMessageContaining("more than 6 bytes (archive.max-record-size)");
        assertThatThrownBy(() -> records("1234567", ArchiveFormat.LINES, 6))
                .isInstanceOf(UnreadableArchiveException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "p/2026/s-1-2018-08-27-10-30-05-99058868-87b3-401c-8a3e-57f6b9871eca.gz, UTC, 2018-08-27T10:30:05Z",
        "s-1-2018-08-27-10-30-05-99058868-87b3-401c-8a3e-57f6b9871eca, Asia/Tokyo, 2018-08-27T01:30:05Z",
        "s-1-2018-13-27-10-30-05-99058868-87b3-401c-8a3e-57f6b9871eca, UTC, 1970-01-01T00:00:07Z",
        "s-1-2018-08-27-10-30-05-99058868-87b3-401c-8a3e-57f6b9871eca/x, UTC, 1970-01-01T00:00:07Z",
        "x, UTC, 1970-01-01T00:00:07Z",
    })
    void takesTheArrivalFromTheNameWhereItSays(String key, String zone, Instant arrival) {
        assertThat(
                        ArrivalInName.of(
                                key, zone.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(zone), 7_000))
                .isEqualTo(arrival.toEpochMilli());
    }

    private static List<String> records(String content, ArchiveFormat format, int max)
            throws IOException {
        List<String> found = new ArrayList<>();
        try (ArchiveRecords records =
                new ArchiveRecords(
                        new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)),
                        format,
                        max)) {
            for (byte[] each = records.next(); each != null; each = records.next()) {
                found.add(new String(each, StandardCharsets.UTF_8));
            }
        }
        return found;
    }
}
