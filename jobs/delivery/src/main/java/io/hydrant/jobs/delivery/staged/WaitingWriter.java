package io.hydrant.jobs.delivery.staged;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.s3.sink.S3WriterState;
import io.hydrant.s3.stage.StagedCommittable;
import io.hydrant.s3.stage.StagingWriter;

import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Stages records in the form in which they wait. */
final class WaitingWriter
        implements CommittingSinkWriter<DeliveryRecord, StagedCommittable>,
                StatefulSinkWriter<DeliveryRecord, S3WriterState> {

    private final StagingWriter staging;

    WaitingWriter(StagingWriter staging) {
        this.staging = staging;
    }

    @Override
    public void write(DeliveryRecord record, Context context)
            throws IOException, InterruptedException {
        staging.write(Waiting.of(record), context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        staging.flush(endOfInput);
    }

    @Override
    public Collection<StagedCommittable> prepareCommit() throws IOException, InterruptedException {
        return staging.prepareCommit();
    }

    @Override
    public List<S3WriterState> snapshotState(long checkpointId) throws IOException {
        return staging.snapshotState(checkpointId);
    }

    @Override
    public void close() throws Exception {
        staging.close();
    }
}
