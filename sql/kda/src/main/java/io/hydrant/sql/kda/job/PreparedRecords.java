package io.hydrant.sql.kda.job;

import io.hydrant.core.record.Envelope;
import io.hydrant.sql.kda.run.Errors;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Lets records go on that a function prepared; the others go to the error stream as they were. */
final class PreparedRecords extends ProcessFunction<Tuple2<Envelope, String>, Envelope> {

    private static final long serialVersionUID = 1L;

    private final OutputTag<RowData> errors = InputOperator.errorTag();

    @Override
    public void processElement(
            Tuple2<Envelope, String> prepared, Context context, Collector<Envelope> out) {
        Envelope record = prepared.f0;
        if (prepared.f1 == null) {
            out.collect(record);
            return;
        }
        context.output(
                errors,
                Errors.row(
                        TimestampData.fromEpochMillis(record.arrivalMillis()),
                        "INPUT_PROCESSING_ERROR",
                        prepared.f1,
                        record.payloadCopy(),
                        null));
    }
}
