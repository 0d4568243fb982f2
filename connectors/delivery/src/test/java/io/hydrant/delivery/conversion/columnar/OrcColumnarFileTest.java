package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.conversion.columnar.OrcConfig.StreamCompression;
import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.hadoop.conf.Configuration;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Files as ORC's own reader reads them. Source: Firehose API reference, OrcSerDe. */
class OrcColumnarFileTest {

    @TempDir private Path folder;

    @Test
    void everyTypeComesBack() throws Exception {
        Path file = Rows.write(folder, OrcConfig.DEFAULT, Rows.EVERY_TYPE, Rows.SAMPLE);

        assertThat(rows(file))
                .containsExactly(
                        "{bo=true, ti=-1, sm=-300, i=70000, bi=-9223372036854775808, fl=1.5, do=2.25, de=-1234567.89, dl=-12345678901234567890123456789012.345678,"
                                + " st=täxt 😀, va=abcde, ch=c, bin=bytes, da=1969-07-20, ts=1969-07-20T20:17:40.123456Z, ar=[1, null, 3], ma=(k->1, n->null),"
                                + " nested={x=5, ys=[{z=a, at=null}, null, {z=null, at=2024-02-29T12:00:00Z}]}}",
                        "{bo=null, ti=null, sm=null, i=null, bi=null, fl=null, do=null, de=null, dl=null, st=null, va=null, ch=null, bin=null, da=null, ts=null,"
                                + " ar=null, ma=null, nested=null}",
                        "{bo=null, ti=null, sm=null, i=null, bi=null, fl=null, do=null, de=null, dl=null, st=, va=null, ch=null, bin=null, da=null, ts=null,"
                                + " ar=[], ma=(), nested={x=null, ys=null}}");
    }

    @ParameterizedTest
    @EnumSource(StreamCompression.class)
    void streamsAreCompressedAsAsked(StreamCompression compression) throws Exception {
        Path file =
                Rows.write(folder, config(compression, List.of(), 0.8, false), ids(), documents());

        try (Reader reader = open(file)) {
            assertThat(reader.getCompressionKind().name()).isEqualTo(compression.name());
            assertThat(reader.getNumberOfRows()).isEqualTo(20_000);
            assertThat(reader.getRowIndexStride()).isEqualTo(2000);
            assertThat(reader.getFileVersion()).isEqualTo(OrcFile.Version.V_0_12);
        }
        assertThat(rows(file)).hasSize(20_000).contains("{id=7, t=text 7}");
    }

    @Test
    void aFileForHive11IsWrittenWhereAskedFor() throws Exception {
        Path file =
                Rows.write(
                        folder,
                        config(StreamCompression.ZLIB, List.of(), 0.8, true),
                        ids(),
                        documents());

        try (Reader reader = open(file)) {
            assertThat(reader.getFileVersion()).isEqualTo(OrcFile.Version.V_0_11);
        }
    }

    @Test
    void bloomFiltersAndDictionariesAreThereWhereAskedFor() throws Exception {
        int plain = size(List.of(), 0);
        int filtered = size(List.of("id"), 0);
        int dictionary = size(List.of(), 1);

        assertThat(filtered).isGreaterThan(plain + 5000);
        assertThat(dictionary).isLessThan(plain);
    }

    @Test
    void aStripeEndsAtItsSize() throws Exception {
        Random random = new Random(1);
        OrcConfig config =
                new OrcConfig(
                        8 << 20,
                        64 << 20,
                        1000,
                        false,
                        0.05,
                        StreamCompression.NONE,
                        List.of(),
                        0.05,
                        0,
                        false);
        Path file =
                Rows.write(
                        folder,
                        config,
                        ids(),
                        IntStream.range(0, 30_000)
                                .mapToObj(
                                        i ->
                                                "{\"id\": "
                                                        + i
                                                        + ", \"t\": \""
                                                        + Long.toHexString(random.nextLong())
                                                                .repeat(60)
                                                        + "\"}")
                                .toList());

        try (Reader reader = open(file)) {
            assertThat(reader.getStripes()).hasSizeBetween(3, 6);
            assertThat(reader.getNumberOfRows()).isEqualTo(30_000);
        }
    }

    private int size(List<String> bloomFilterColumns, double dictionaryThreshold) throws Exception {
        return Rows.bytes(
                        config(
                                StreamCompression.NONE,
                                bloomFilterColumns,
                                dictionaryThreshold,
                                false),
                        ids(),
                        documents())
                .length();
    }

    private static OrcConfig config(
            StreamCompression compression,
            List<String> bloomFilterColumns,
            double dictionaryThreshold,
            boolean isVersion11) {
        return new OrcConfig(
                8 << 20,
                64 << 20,
                2000,
                false,
                0.05,
                compression,
                bloomFilterColumns,
                0.01,
                dictionaryThreshold,
                isVersion11);
    }

    private static HiveType.Struct ids() {
        return Rows.columns("struct<id:bigint,t:string>");
    }

    private static List<String> documents() {
        return IntStream.range(0, 20_000)
                .mapToObj(i -> "{\"id\": " + i + ", \"t\": \"text " + i % 10 + "\"}")
                .toList();
    }

    private static Reader open(Path file) throws IOException {
        return OrcFile.createReader(
                new org.apache.hadoop.fs.Path(file.toUri()),
                OrcFile.readerOptions(new Configuration(false)).useUTCTimestamp(true));
    }

    private static List<String> rows(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Reader reader = open(file);
                RecordReader records = reader.rows()) {
            VectorizedRowBatch batch = reader.getSchema().createRowBatch();
            while (records.nextBatch(batch)) {
                for (int i = 0; i < batch.size; i++) {
                    rows.add(OrcText.of(reader.getSchema(), batch, i));
                }
            }
        }
        return rows;
    }
}
