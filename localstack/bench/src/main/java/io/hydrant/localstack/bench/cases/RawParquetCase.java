package io.hydrant.localstack.bench.cases;

import io.hydrant.delivery.conversion.columnar.ColumnarFile;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.localstack.bench.measure.Measured;

import java.io.IOException;

/** The limit of Parquet: the same rows through its writer and nowhere else. */
final class RawParquetCase extends RawThreads.Share {

    private final FlightRows rows;
    private final long perFile;

    private RawParquetCase(FlightRows rows, long perFile, long from, long to) {
        super(from, to);
        this.rows = rows;
        this.perFile = perFile;
    }

    static Measured run(CaseSettings settings, FlightLines lines) throws Exception {
        FlightRows rows = new FlightRows();
        for (int i = 0; i < lines.distinct(); i++) {
            byte[] line = lines.line(i);
            rows.decode(line, 0, line.length);
        }
        long perFile =
                BenchCase.LARGE_OBJECT.getBytes()
                        / (lines.bytes(lines.distinct()) / lines.distinct());
        return RawThreads.run(settings, (from, to) -> new RawParquetCase(rows, perFile, from, to));
    }

    @Override
    public Long call() throws IOException {
        long written = 0;
        RowInput input = rows.input();
        ColumnarFile file = FlightRows.open();
        for (long i = from; i < to; i++) {
            reached(i);
            if (i > from && (i - from) % perFile == 0) {
                written += file.finish().length();
                file = FlightRows.open();
            }
            if (input.isAtEnd()) {
                input = rows.input();
            }
            file.append(input);
        }
        return written + file.finish().length();
    }
}
