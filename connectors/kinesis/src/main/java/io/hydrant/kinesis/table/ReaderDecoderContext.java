package io.hydrant.kinesis.table;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.UserCodeClassLoader;

/** What a format may know of the reader that it works in. */
record ReaderDecoderContext(SourceReaderContext reader)
        implements DeserializationSchema.InitializationContext {

    @Override
    public MetricGroup getMetricGroup() {
        return reader.metricGroup().addGroup("deserializer");
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return reader.getUserCodeClassLoader();
    }
}
