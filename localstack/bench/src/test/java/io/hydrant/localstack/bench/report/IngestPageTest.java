package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.ingest.IngestCase;
import io.hydrant.localstack.bench.ingest.PutFigures;
import io.hydrant.localstack.bench.stream.Load;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class IngestPageTest {

    private static final long MILLION = 1_000_000;
    private static final long LOG_BYTES = 1_000 * MILLION;

    private final List<TailResult> tails = new ArrayList<>();
    private final List<FilesResult> files = new ArrayList<>();
    private final List<GatewayResult> gateways = new ArrayList<>();
    private String agent;

    @Test
    void judgesTheTailerByItsMedianPerCore() throws Exception {
        tail(IngestCase.CAT, 0.25);
        tail(IngestCase.TAIL, 4);
        tail(IngestCase.TAIL, 5);
        tail(IngestCase.TAIL, 8);

        assertThat(page(LOG_BYTES, MILLION))
                .contains(
                        "| `cat` to nowhere | 4,000 (4,000 to 4,000) | 40,000,000 | - | 1.000 |",
                        "| Hydrant's tailer, a line a record | 200 (125 to 250) | 2,000,000 | 50 % | 0.050 |",
                        "Target of the tailer: at least 150 MB/s per core for plain lines; measured 200: met.",
                        "Faster: `cat` to nowhere reads 20.0 times as much per core as the tailer.");
    }

    @Test
    void saysThatTheTailerMissedItsTarget() throws Exception {
        tail(IngestCase.TAIL, 10);

        assertThat(page(LOG_BYTES, MILLION)).contains("measured 100: missed.");
    }

    @Test
    void saysWhatWasTooShortToTell() throws Exception {
        tail(IngestCase.CAT, 0);
        tail(IngestCase.TAIL, 4);

        assertThat(page(LOG_BYTES, MILLION))
                .contains(
                        "| `cat` to nowhere | too short to tell | - | - | - |",
                        "| Hydrant's tailer, a line a record | 250 (250 to 250) | 2,500,000 | 50 % | - |")
                .doesNotContain("Infinity", "NaN", "Faster");
    }

    @Test
    void judgesNothingOfASmallFileOrFewRecords() throws Exception {
        tail(IngestCase.TAIL, 4);
        put(IngestCase.PUT_RECORDS, Load.PLAIN_300, 2);
        put(IngestCase.GATEWAY_BATCH, Load.PLAIN_300, 1);

        assertThat(page(2 * MILLION, 3_000))
                .contains("no target is judged, 2 MB", "No target is judged of plain records")
                .doesNotContain("Target of");
    }

    @Test
    void holdsACoreOfTheGatewayAgainstOneOfTheLoop() throws Exception {
        put(IngestCase.PUT_RECORDS, Load.PLAIN_1K, 5);
        put(IngestCase.GATEWAY_BATCH, Load.PLAIN_1K, 4);

        assertThat(page(LOG_BYTES, MILLION))
                .contains(
                        "| plain records of 1 KB | gateway, PutRecordBatch | 250,000 (250,000 to 250,000) | 250 | 4.00 | 25 % | 2.00 | 3.00 | 500,000 | 9.5 | 4.0 | 8.0 |",
                        "Slower: a core of the raw PutRecords loop puts 200,000 plain records of 1 KB a second, one of the gateway 1.25 times as many.");
    }

    @Test
    void saysThatTheLoopIsFaster() throws Exception {
        put(IngestCase.PUT_RECORDS, Load.PLAIN_1K, 2);
        put(IngestCase.GATEWAY_BATCH, Load.PLAIN_1K, 4);

        assertThat(page(LOG_BYTES, MILLION))
                .contains(
                        "Faster: a core of the raw PutRecords loop puts 500,000 plain records of 1 KB a second, one of the gateway 0.50 times as many.");
    }

    @Test
    void saysWhetherTheStreamIsFullBeforeACoreOfTheGatewayIs() throws Exception {
        put(IngestCase.GATEWAY_BATCH, Load.PLAIN_1K, 4);

        assertThat(page(LOG_BYTES, MILLION))
                .contains(
                        "Target of the gateway, plain records of 1 KB: not the limit before Kinesis is; the 4 shards of the stream take 4 MB a second, a core of the gateway 59.6 times as much: met.");
    }

    @Test
    void saysWhetherACoreOfTheGatewayIsFullBeforeTheStreamIs() throws Exception {
        put(IngestCase.GATEWAY_BATCH, Load.PLAIN_1K, 1_000);

        assertThat(page(LOG_BYTES, MILLION)).contains("0.2 times as much: missed.");
    }

    @Test
    void saysWhatEachFileBeyondTheFirstTakes() throws Exception {
        files.add(new FilesResult(1, 100, 20_000_000, 1, 0.01, 1_000, 10));
        files.add(new FilesResult(10_001, 100, 30_000_000, 1, 0.02, 6_001_000, 10));

        assertThat(page(LOG_BYTES, MILLION))
                .contains(
                        "Memory with 10,001 files: 1000 bytes of heap for each beyond the first, and 600 of a checkpoint");
    }

    @Test
    void holdsKinesisAgentAgainstTheJobThatDoesTheSameAndTheOneThatDoesMore() throws Exception {
        agent = "amazon-kinesis-agent-2.0.13.jar";
        tail(IngestCase.JOB, 10);
        tail(IngestCase.JOB_PLAIN, 40);
        tail(IngestCase.AGENT, 20);

        assertThat(page(LOG_BYTES, MILLION))
                .contains(
                        "| Kinesis Agent | 50 (50 to 50) | 500,000 |",
                        "counted. Kinesis Agent is `amazon-kinesis-agent-2.0.13.jar`, unchanged",
                        "Faster: Kinesis Agent reads and puts 2.00 times as much per core as the whole job, a record a line, doing the same.",
                        "Slower: Kinesis Agent reads and puts 0.50 times as much per core as the whole job, aggregates into Kinesis, with its aggregates and stamps.",
                        "of which a shard takes 1,000 a second, and so 0.10 MB of these lines a second where it takes 1.05 MB of aggregates; what a core of it sends fills 500 shards, and would fill 48 by its bytes.")
                .doesNotContain("LOGTOJSON");
    }

    @Test
    void saysThatThereWasNoKinesisAgent() throws Exception {
        tail(IngestCase.JOB, 10);

        assertThat(page(LOG_BYTES, MILLION))
                .contains(
                        "counted. Kinesis Agent was not at hand; `--agent` names one that you built.");
    }

    private void tail(IngestCase reader, double cpuSeconds) {
        tails.add(
                new TailResult(
                        reader, LOG_BYTES, LOG_BYTES / 100, cpuSeconds, cpuSeconds / 2, 10, 1));
    }

    private void put(IngestCase putTo, Load load, double cpuSeconds) {
        gateways.add(
                new GatewayResult(
                        putTo,
                        load,
                        MILLION,
                        cpuSeconds,
                        1,
                        2,
                        1,
                        3,
                        new PutFigures(1, 1, 1, MILLION, 2, 9.5, 4, 8)));
    }

    private String page(long logBytes, long records) throws IOException {
        IngestSetup setup =
                new IngestSetup(
                        Machine.now(),
                        Instant.now(),
                        "-Xmx1g",
                        3,
                        logBytes,
                        records,
                        8,
                        10_000,
                        4,
                        agent);
        return new IngestPage(setup, new IngestTables(tails, files, gateways)).markdown();
    }
}
