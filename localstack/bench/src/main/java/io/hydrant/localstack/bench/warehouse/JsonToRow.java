package io.hydrant.localstack.bench.warehouse;

import io.hydrant.core.record.Envelope;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.serialization.RuntimeContextInitializationContextAdapters;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.JsonRowDataDeserializationSchema;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;

import java.io.IOException;

/** Reads JSON as Flink's own format does. */
final class JsonToRow extends ProcessFunction<Envelope, RowData> {

    private static final long serialVersionUID = 1L;

    private final JsonRowDataDeserializationSchema format;

    JsonToRow(RowType type) {
        this.format =
                new JsonRowDataDeserializationSchema(
                        type, InternalTypeInfo.of(type), false, false, TimestampFormat.ISO_8601);
    }

    @Override
    public void open(OpenContext context) throws Exception {
        format.open(
                RuntimeContextInitializationContextAdapters.deserializationAdapter(
                        getRuntimeContext()));
    }

    @Override
    public void processElement(Envelope record, Context context, Collector<RowData> out)
            throws IOException {
        out.collect(format.deserialize(record.payloadCopy()));
    }
}
