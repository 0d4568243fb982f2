package io.hydrant.localstack.bench.cases;

import io.hydrant.delivery.conversion.columnar.ColumnarFile;
import io.hydrant.delivery.conversion.columnar.ParquetConfig;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.conversion.schema.HiveTypeParser;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class LibraryParquetTest {

    /** More than a page. */
    private static final int FLIGHTS = 45_000;

    @Test
    void theYardsticksFileIsThatOfTheCorridorsWriter() throws IOException {
        FlightRows flights = new FlightRows();
        for (int i = 0; i < FLIGHTS; i++) {
            byte[] flight =
                    (i % 7 == 0
                                    ? "{}"
                                    : "{\"id\": \"UA-%1$d\", \"event_time\": \"2013-01-01 05:15:00\", \"year\": 2013, \"flight\": %1$d, \"dest\": null, \"p10\": \"g%2$d\"}"
                                            .formatted(i, i % 10))
                            .getBytes(StandardCharsets.UTF_8);
            flights.decode(flight, 0, flight.length);
        }
        ColumnarFile ours =
                ParquetConfig.DEFAULT.open(
                        (HiveType.Struct) HiveTypeParser.parse(FlightRows.COLUMNS));

        byte[] yardstick = written(flights.input(), FlightRows.open());

        assertThat(yardstick).hasSizeGreaterThan(FLIGHTS);
        assertThat(written(flights.input(), ours)).isEqualTo(yardstick);
    }

    private static byte[] written(RowInput rows, ColumnarFile file) throws IOException {
        while (!rows.isAtEnd()) {
            file.append(rows);
        }
        return file.finish().toByteArray();
    }
}
