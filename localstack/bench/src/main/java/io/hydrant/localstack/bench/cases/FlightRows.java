package io.hydrant.localstack.bench.cases;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.columnar.ColumnarFile;
import io.hydrant.delivery.conversion.json.ConversionException;
import io.hydrant.delivery.conversion.json.JsonRows;
import io.hydrant.delivery.conversion.json.JsonSerDe;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.conversion.schema.HiveTypeParser;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** The flights as rows of a table, on their way from JSON to Parquet. */
final class FlightRows {

    /** Every field of a flight. */
    static final String COLUMNS =
            "struct<id:string,event_time:timestamp,year:int,month:int,day:int,dep_time:int,"
                    + "sched_dep_time:int,dep_delay:int,arr_time:int,sched_arr_time:int,"
                    + "arr_delay:int,carrier:string,flight:int,tailnum:string,origin:string,"
                    + "dest:string,air_time:int,distance:int,hour:int,minute:int,"
                    + "time_hour:timestamp,p10:string,p1000:string,p50000:string>";

    private static final HiveType.Struct TABLE = (HiveType.Struct) HiveTypeParser.parse(COLUMNS);

    private final JsonRows json = new JsonRows(TABLE, JsonSerDe.DEFAULT);
    private final GrowingBytes rows = new GrowingBytes(0);

    /** A file as Firehose writes it by default, by the library that others would use, too. */
    static ColumnarFile open() throws IOException {
        return new LibraryParquet(TABLE);
    }

    /** Decodes a document behind those before it. */
    void decode(byte[] document, int offset, int length) throws IOException {
        try {
            json.append(document, offset, length, rows);
        } catch (ConversionException e) {
            throw new IOException("A flight does not fit its table", e);
        }
    }

    /** Bytes of what was decoded. */
    int length() {
        return rows.length();
    }

    /** Reads what was decoded, from the front. */
    RowInput input() {
        return new RowInput(new ByteArrayInputStream(rows.array(), 0, rows.length()));
    }

    /** Forgets what was decoded. */
    void clear() {
        rows.clear();
    }
}
