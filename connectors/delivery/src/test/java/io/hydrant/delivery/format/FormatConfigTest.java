package io.hydrant.delivery.format;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.buffer.GrowingBytes;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FormatConfigTest {

    @Test
    void defaultsAreFirehosesOwn() {
        FormatConfig config = FormatConfig.from(new Configuration());

        assertThat(config)
                .isEqualTo(
                        new FormatConfig(
                                Compression.UNCOMPRESSED, CompressionLevel.DEFAULT, false));
    }

    @Test
    void readsEveryOption() {
        FormatConfig config =
                FormatConfig.from(
                        Configuration.fromMap(
                                Map.of(
                                        "delivery.compression", "GZIP",
                                        "delivery.compression.level", "fast",
                                        "delivery.append-newline", "true")));

        assertThat(config)
                .isEqualTo(new FormatConfig(Compression.GZIP, CompressionLevel.FAST, true));
        assertThat(config.codec().extension()).isEqualTo(".gz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "20", "FAST", "", "best"})
    void refusesALevelThatThereIsNot(String level) {
        Configuration config = new Configuration();
        config.set(FormatOptions.COMPRESSION_LEVEL, level);

        assertThatThrownBy(() -> FormatConfig.from(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "delivery.compression.level: '"
                                + level
                                + "' is no compression level; default, fast, or 1 to 9, for ZSTD 1 to 19");
    }

    @Test
    void takesHighLevelsForZstdOnly() {
        Configuration config = new Configuration();
        config.set(FormatOptions.COMPRESSION_LEVEL, "10");
        config.set(FormatOptions.COMPRESSION, Compression.ZSTD);
        assertThat(FormatConfig.from(config).level()).isEqualTo(CompressionLevel.parse("10"));

        config.set(FormatOptions.COMPRESSION, Compression.GZIP);
        assertThatThrownBy(() -> FormatConfig.from(config))
                .hasMessage(
                        "delivery.compression.level: 10 is a level of ZSTD, and delivery.compression is GZIP; default, fast, or 1 to 9");
    }

    @Test
    void readsFirehosesOwnSpelling() {
        Configuration config = Configuration.fromMap(Map.of("delivery.compression", "Snappy"));

        assertThat(FormatConfig.from(config).compression()).isEqualTo(Compression.SNAPPY);
    }

    @Test
    void survivesTheWayToATask() throws Exception {
        FormatConfig config = new FormatConfig(Compression.GZIP, CompressionLevel.parse("3"), true);

        assertThat(InstantiationUtil.clone(config)).isEqualTo(config);
    }

    @Test
    void laysRecordsEndToEndOrOnePerLine() {
        assertThat(encoded(false)).isEqualTo("{\"a\":1}\n{\"b\":2}");
        assertThat(encoded(true)).isEqualTo("{\"a\":1}\n\n\n{\"b\":2}\n");
    }

    @Test
    void writesOnlyTheSliceThatIsThePayload() {
        GrowingBytes out = new GrowingBytes(0);
        byte[] shared = "xx{}yy".getBytes(StandardCharsets.UTF_8);
        new JsonLinesFormat(false)
                .encode(new Envelope("s", "0", "1", 0, "k", 0, shared, 2, 2), out);

        assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8)).isEqualTo("{}");
    }

    private static String encoded(boolean appendNewline) {
        RecordFormat format =
                new FormatConfig(Compression.UNCOMPRESSED, CompressionLevel.DEFAULT, appendNewline)
                        .recordFormat();
        GrowingBytes plain = new GrowingBytes(0);
        for (String payload : new String[] {"{\"a\":1}\n", "", "{\"b\":2}"}) {
            byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
            format.encode(new Envelope("s", "0", "1", 0, "k", 0, bytes, 0, bytes.length), plain);
        }
        GrowingBytes stored = new GrowingBytes(0);
        try (BlockCodec codec = Compression.UNCOMPRESSED.codec(CompressionLevel.DEFAULT)) {
            codec.encode(plain.array(), 0, plain.length(), stored);
        }
        return new String(stored.toByteArray(), StandardCharsets.UTF_8);
    }
}
