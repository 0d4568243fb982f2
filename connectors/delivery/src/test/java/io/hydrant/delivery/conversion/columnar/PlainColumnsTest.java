package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.json.JsonRows;
import io.hydrant.delivery.conversion.json.JsonSerDe;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds files against those that the library's own columns make of the same rows. */
class PlainColumnsTest {

    /** Rows of all types, of none, and of lists; pages end by size, by rows, and in between. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 1048576",
        "2, 1, 1048576",
        "3, 500, 65536",
        "4, 5000, 65536",
        "5, 45000, 1048576",
        "6, 3000, 2000",
        "7, 30000, 65536"
    })
    void writeWhatTheLibraryWouldWrite(int seed, int rows, int pageSize) throws Exception {
        GrowingBytes encoded = rows(new Random(seed), rows);

        byte[] file = write(encoded, pageSize, false);

        assertThat(Arrays.equals(file, write(encoded, pageSize, true))).isTrue();
    }

    private static GrowingBytes rows(Random random, int count) throws Exception {
        JsonRows json = new JsonRows(Rows.EVERY_TYPE, JsonSerDe.DEFAULT);
        GrowingBytes rows = new GrowingBytes(0);
        for (int i = 0; i < count; i++) {
            byte[] document = document(random, i).getBytes(StandardCharsets.UTF_8);
            json.append(document, 0, document.length, rows);
        }
        return rows;
    }

    /** Fields come and go in stretches and by themselves. */
    private static String document(Random random, int row) {
        StringBuilder fields = new StringBuilder("{\"x_row\": " + row);
        for (String field :
                new String[] {
                    "\"bo\": " + random.nextBoolean(),
                    "\"ti\": " + (random.nextInt(256) - 128),
                    "\"sm\": " + (random.nextInt(65_536) - 32_768),
                    "\"i\": " + random.nextInt(),
                    "\"bi\": " + random.nextLong(),
                    "\"fl\": " + (random.nextInt(9) == 0 ? "-0.0" : random.nextInt(1000) / 8.0),
                    "\"do\": " + (random.nextInt(9) == 0 ? "0.0" : -random.nextDouble()),
                    "\"de\": " + random.nextInt(1_000_000) / 100.0,
                    "\"dl\": \"" + random.nextLong() + ".125\"",
                    "\"st\": \"" + text(random) + '"',
                    "\"va\": \"" + text(random) + '"',
                    "\"bin\": \"" + text(random) + '"',
                    "\"da\": \"2024-02-" + (10 + random.nextInt(19)) + '"',
                    "\"ts\": \"2024-02-28T11:" + (10 + row % 60_000 / 1000) + ":07Z\"",
                    "\"ar\": " + list(random),
                    "\"ma\": {\"k" + random.nextInt(5) + "\": " + random.nextInt() + "}",
                    "\"nested\": {\"x\": 1, \"ys\": [{\"z\": \"" + text(random) + "\"}, null, {}]}"
                }) {
            if (row / 1000 % 3 == 0 || random.nextInt(3) > 0) {
                fields.append(", ").append(field);
            }
        }
        return fields.append('}').toString();
    }

    private static String text(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "ä" + random.nextInt(1000);
            case 2 -> "😀".repeat(random.nextInt(30));
            default -> "text " + random.nextInt(100_000);
        };
    }

    private static String list(Random random) {
        StringBuilder list = new StringBuilder("[");
        for (int i = random.nextInt(5); i > 0; i--) {
            list.append(random.nextInt(4) == 0 ? "null" : random.nextInt())
                    .append(i > 1 ? "," : "");
        }
        return list.append(']').toString();
    }

    private static byte[] write(GrowingBytes rows, int pageSize, boolean isLibrary)
            throws IOException {
        HiveType.Struct table = Rows.EVERY_TYPE;
        MessageType schema = ParquetColumns.of(table);
        ParquetProperties properties =
                ParquetProperties.builder()
                        .withPageSize(pageSize)
                        .withDictionaryEncoding(false)
                        .build();
        MemoryOutputFile output = new MemoryOutputFile();
        ParquetFileWriter file =
                new ParquetFileWriter(
                        output,
                        schema,
                        ParquetFileWriter.Mode.CREATE,
                        1 << 20,
                        0,
                        null,
                        properties);
        file.start();
        ColumnChunkPageWriteStore pages =
                new ColumnChunkPageWriteStore(
                        PageCompressor.of(ParquetConfig.PageCompression.UNCOMPRESSED),
                        schema,
                        properties.getAllocator(),
                        properties.getColumnIndexTruncateLength(),
                        properties.getPageWriteChecksumEnabled());
        ColumnWriteStore columns =
                isLibrary
                        ? properties.newColumnWriteStore(schema, pages, pages)
                        : new PlainColumns(schema, pages, properties);
        ParquetValues values = new ParquetValues(table, schema, columns);
        RowInput input = new RowInput();
        input.over(rows.array(), 0, rows.length());
        long count = 0;
        while (!input.isAtEnd()) {
            values.write(input);
            count++;
        }
        if (count > 0) {
            file.startBlock(count);
            columns.flush();
            pages.flushToFileWriter(file);
            file.endBlock();
        }
        columns.close();
        file.end(Map.of());
        pages.close();
        return output.bytes().toByteArray();
    }
}
