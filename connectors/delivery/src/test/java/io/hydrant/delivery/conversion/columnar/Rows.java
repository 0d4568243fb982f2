package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.json.ConversionException;
import io.hydrant.delivery.conversion.json.JsonRows;
import io.hydrant.delivery.conversion.json.JsonSerDe;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.conversion.schema.HiveTypeParser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes JSON into columnar files. */
final class Rows {

    /** A column of every type, and types within types. */
    static final HiveType.Struct EVERY_TYPE =
            columns(
                    "struct<bo:boolean,ti:tinyint,sm:smallint,i:int,bi:bigint,fl:float,do:double,"
                            + "de:decimal(9,2),dl:decimal(38,6),st:string,va:varchar(5),ch:char(4),bin:binary,da:date,ts:timestamp,"
                            + "ar:array<int>,ma:map<string,bigint>,nested:struct<x:int,ys:array<struct<z:string,at:timestamp>>>>");

    static final List<String> SAMPLE =
            List.of(
                    "{\"bo\": true, \"ti\": -1, \"sm\": -300, \"i\": 70000, \"bi\": -9223372036854775808, \"fl\": 1.5, \"do\": 2.25,"
                            + " \"de\": -1234567.89, \"dl\": -12345678901234567890123456789012.345678, \"st\": \"täxt 😀\", \"va\": \"abcdefg\", \"ch\": \"c\", \"bin\": \"bytes\","
                            + " \"da\": \"1969-07-20\", \"ts\": \"1969-07-20 20:17:40.123456\","
                            + " \"ar\": [1, null, 3], \"ma\": {\"k\": 1, \"n\": null}, \"nested\": {\"x\": 5, \"ys\": [{\"z\": \"a\"}, null, {\"at\": \"2024-02-29T12:00:00Z\"}]}}",
                    "{}",
                    "{\"nested\": {}, \"ar\": [], \"ma\": {}, \"st\": \"\"}");

    private Rows() {}

    static HiveType.Struct columns(String text) {
        return (HiveType.Struct) HiveTypeParser.parse(text);
    }

    static Path write(
            Path folder, ColumnarConfig config, HiveType.Struct columns, Iterable<String> documents)
            throws IOException, ConversionException {
        Path file = folder.resolve("file" + config.format().extension());
        GrowingBytes bytes = bytes(config, columns, documents);
        Files.write(file, bytes.toByteArray());
        return file;
    }

    static GrowingBytes bytes(
            ColumnarConfig config, HiveType.Struct columns, Iterable<String> documents)
            throws IOException, ConversionException {
        JsonRows json = new JsonRows(columns, JsonSerDe.DEFAULT);
        GrowingBytes rows = new GrowingBytes(0);
        for (String document : documents) {
            byte[] payload = document.getBytes(StandardCharsets.UTF_8);
            json.append(payload, 0, payload.length, rows);
        }
        RowInput input = new RowInput(new ByteArrayInputStream(rows.array(), 0, rows.length()));
        try (ColumnarFile file = config.open(columns)) {
            while (!input.isAtEnd()) {
                file.append(input);
            }
            return file.finish();
        }
    }
}
