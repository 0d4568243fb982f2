package io.hydrant.localstack.bench.cases;

import io.hydrant.delivery.conversion.columnar.ColumnarFile;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import java.io.IOException;

/** The limit of Parquet: the same rows through its writer and nowhere else, on one thread. */
final class RawParquetCase {

    private RawParquetCase() {}

    static Measured run(CaseSettings settings, FlightLines lines) throws IOException {
        FlightRows rows = new FlightRows();
        for (int i = 0; i < lines.distinct(); i++) {
            byte[] line = lines.line(i);
            rows.decode(line, 0, line.length);
        }
        long perFile =
                FlightRows.FILE_SIZE.getBytes()
                        / (lines.bytes(lines.distinct()) / lines.distinct());
        long warmRecords = settings.records() / FlinkRun.WARM_UP_SHARE;
        long warmMillis = 0;
        long written = 0;
        long start = System.currentTimeMillis();
        RowInput input = rows.input();
        ColumnarFile file = FlightRows.open();
        for (long i = 0; i < settings.records(); i++) {
            if (i == warmRecords) {
                warmMillis = System.currentTimeMillis();
            }
            if (i > 0 && i % perFile == 0) {
                written += file.finish().length();
                file = FlightRows.open();
            }
            if (input.isAtEnd()) {
                input = rows.input();
            }
            file.append(input);
        }
        written += file.finish().length();
        return new Measured(
                0,
                start,
                warmMillis,
                warmRecords,
                System.currentTimeMillis(),
                0,
                ProcessMeter.heapAfterCollection(),
                0,
                0,
                written);
    }
}
