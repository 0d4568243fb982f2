package io.hydrant.s3.stage;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.s3.sink.S3Committable;
import io.hydrant.s3.sink.S3WriterState;

import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/** Stages records through the writer of S3, and tells the committer of the input's end. */
public final class StagingWriter
        implements CommittingSinkWriter<DeliveryRecord, StagedCommittable>,
                StatefulSinkWriter<DeliveryRecord, S3WriterState> {

    private final CommittingSinkWriter<DeliveryRecord, S3Committable> staging;
    private final StatefulSinkWriter<DeliveryRecord, S3WriterState> state;
    private final UnaryOperator<DeliveryRecord> judge;
    private boolean isEnded;

    /**
     * A writer over one writer of S3, which is both.
     *
     * @param judge says as what a record is staged
     */
    public <
                    W extends
                            CommittingSinkWriter<DeliveryRecord, S3Committable>
                                    & StatefulSinkWriter<DeliveryRecord, S3WriterState>>
            StagingWriter(W staging, UnaryOperator<DeliveryRecord> judge) {
        this.staging = staging;
        this.state = staging;
        this.judge = judge;
    }

    @Override
    public void write(DeliveryRecord record, Context context)
            throws IOException, InterruptedException {
        staging.write(judge.apply(record), context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        staging.flush(endOfInput);
        isEnded |= endOfInput;
    }

    @Override
    public Collection<StagedCommittable> prepareCommit() throws IOException, InterruptedException {
        List<StagedCommittable> committables = new ArrayList<>();
        for (S3Committable object : staging.prepareCommit()) {
            committables.add(new StagedCommittable(object, isEnded));
        }
        if (isEnded && committables.isEmpty()) {
            committables.add(new StagedCommittable(null, true));
        }
        return committables;
    }

    @Override
    public List<S3WriterState> snapshotState(long checkpointId) throws IOException {
        return state.snapshotState(checkpointId);
    }

    @Override
    public void close() throws Exception {
        staging.close();
    }
}
