package io.hydrant.delivery.ledger;

import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LedgerLineTest {

    private static final UUID ID = UUID.fromString("5c3a9b1e-0d7f-4a53-9b1c-1f0a6f6f2f11");

    @Test
    void readsWhatItWroteForEveryKind() throws IOException {
        LedgerTally tally = tally();
        for (LedgerEntry entry :
                new LedgerEntry[] {
                    object(EntryKind.DATA, tally),
                    object(EntryKind.ERROR, tally),
                    LedgerEntry.ofDropped(ID, tally, "flights-to-s3", "3"),
                    LedgerEntry.ofLost(ID, lost("17", "42"), "flights-to-s3", "3"),
                    LedgerEntry.ofLost(ID, lost(null, null), "flights-to-s3", "3"),
                    LedgerEntry.withoutObject(
                            ID, EntryKind.NOT_FAILED, tally, "flights-to-s3", "3"),
                    object(EntryKind.REDRIVEN, tally),
                    object(EntryKind.DATA, tally).redrivenBy(new UUID(3, 4))
                }) {
            assertThat(LedgerLine.read(written(entry))).isEqualTo(entry);
        }
    }

    @Test
    void writesOneLinePerEntry() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LedgerLine.write(object(EntryKind.DATA, tally()), out);
        LedgerLine.write(object(EntryKind.DATA, tally()), out);

        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        assertThat(text.lines()).hasSize(2).allSatisfy(LedgerLine::read);
    }

    @Test
    void readsALineOfVersion1() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/ledger-line-v1.jsonl")) {
            String line = new String(golden.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(LedgerLine.read(line)).isEqualTo(object(EntryKind.DATA, tally()));
            assertThat(written(object(EntryKind.DATA, tally()))).isEqualTo(line);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\":1            | \"version\":2       | version 2, and this Hydrant",
                "\"version\":1,           | ''                  | 'version' is missing",
                "\"kind\":\"data\"        | \"kind\":\"datum\"  | 'kind' is datum; data, error",
                "\"kind\":\"data\"        | \"kind\":\"dropped\" | dropped does not go with object",
                "\"records\":3            | \"records\":4       | records is 4, but the shards add",
                "\"records\":3            | \"records\":\"3\"   | 'records' must be a number",
                "\"records\":3            | \"records\":3.5     | neither text nor a whole number",
                "\"records\":3            | \"records\":3,\"x\":1 | 'x' is unknown",
                "\"records\":3            | \"records\":3,\"records\":3 | Duplicate field 'records'",
                "\"records\":3,           | ''                  | 'records' is missing",
                "\"count\":1              | \"count\":1,\"y\":1 | 'y' of a shard is unknown",
                "\"count\":1              | \"count\":0         | count must be at least 1",
                "\"first\":\"21\"         | \"first\":\"x1\"    | 'first' must be decimal digits",
                "\"first\":\"21\"         | \"first\":\"22\"    | first 22/0 lies after last 21/0",
                "5c3a9b1e-0d7f-4a53-9b1c-1f0a6f6f2f11 | 5c3a | 'id' is no UUID: 5c3a",
                "\"configVersion\":\"3\"   | \"configVersion\":\"3\",\"redrive\":\"7\" | 'redrive' is no UUID: 7",
                "\"storedBytes\":5        | \"storedBytes\":-5  | must not be negative",
                "\"oldestArrival\":1382000000000 | \"oldestArrival\":1382000000002 | lies after",
                "}]}                      | }]} {}              | something follows",
                "}]}                      | }]                  | Unexpected end-of-input",
                "{\"version               | [{\"version         | it is no JSON object",
            })
    void refusesALineThatIsNotWhole(String original, String replacement, String reason)
            throws IOException {
        String line = written(object(EntryKind.DATA, tally()));
        assertThat(line).contains(original);
        String broken = line.replace(original, replacement);

        assertThatThrownBy(() -> LedgerLine.read(broken))
                .isInstanceOf(CorruptLedgerException.class)
                .hasMessageStartingWith("Not a ledger entry")
                .hasMessageContaining(reason);
    }

    private static LedgerEntry object(EntryKind kind, LedgerTally tally) {
        return LedgerEntry.ofObject(
                ID,
                kind,
                "s3://bucket/2013/10/17/\u00fc \"quoted\".gz",
                512,
                2_048,
                tally,
                "flights-to-s3",
                "3");
    }

    @Test
    void refusesRecordsWhereTheyWereLost() throws IOException {
        String line = written(LedgerEntry.ofLost(ID, lost("17", "42"), "flights-to-s3", "3"));
        String broken = line.replace("\"count\":0", "\"count\":1");

        assertThatThrownBy(() -> LedgerLine.read(broken.replace("\"records\":0", "\"records\":1")))
                .isInstanceOf(CorruptLedgerException.class)
                .hasMessageContaining("count must be 0 in an entry of kind lost, but is 1");
    }

    @Test
    void saysWhereReadingBegan() throws IOException {
        LedgerEntry entry =
                LedgerEntry.ofBegun(
                        ID,
                        List.of(
                                new ReadingBegin("flights", "shard-0", "17", 3, 2_000),
                                new ReadingBegin("flights", "shard-1", "4", 0, 2_000)),
                        "flights-to-s3",
                        "3");

        String line = written(entry);

        assertThat(LedgerLine.read(line)).isEqualTo(entry);
        assertThat(line)
                .contains("\"kind\":\"begun\"", "\"oldestArrival\":2000")
                .contains("\"shard\":\"shard-0\",\"first\":\"17\",\"firstSub\":3")
                .doesNotContain("object");
    }

    private static LostRange lost(String after, String before) {
        return new LostRange("flights", "shard-0", after, 0, before, 1_000, 2_000, false);
    }

    private static LedgerTally tally() {
        LedgerTally tally = new LedgerTally();
        tally.add(Envelopes.at("shard-0", "495903382714902566085596", 0, 1_382_000_000_000L));
        tally.add(Envelopes.at("shard-0", "495903382714902566085596", 7, 1_382_000_000_000L));
        tally.add(Envelopes.at("shard-1", "21", 0, 1_382_000_000_001L));
        return tally;
    }

    private static String written(LedgerEntry entry) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LedgerLine.write(entry, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
