package io.hydrant.launcher.verify;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.DefaultOperatorStateBackend;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;

import java.io.DataInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what the sinks of a job keep in a checkpoint or savepoint: the states of their writers and
 * committers, each as the bytes that the sink wrote.
 *
 * <p>Through Flink's own reading of metadata and operator state, so whatever compression the job
 * uses for its state. The names of the two states are Flink's (2.3), the same for every sink.
 */
final class SinkStates {

    private static final List<String> NAMES =
            List.of("writer_raw_states", "streaming_committer_raw_states");

    private SinkStates() {}

    /**
     * Gives every state to the consumer.
     *
     * @param checkpoint the folder that holds {@code _metadata}
     */
    static void forEach(Path checkpoint, Consumer<byte[]> states) throws Exception {
        ClassLoader loader = SinkStates.class.getClassLoader();
        CompletedCheckpointStorageLocation location =
                AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(
                        checkpoint.toUri().toString());
        CheckpointMetadata metadata;
        try (DataInputStream in =
                new DataInputStream(location.getMetadataHandle().openInputStream())) {
            metadata =
                    Checkpoints.loadCheckpointMetadata(in, loader, location.getExternalPointer());
        }
        for (OperatorState operator : metadata.getOperatorStates()) {
            for (OperatorSubtaskState subtask : operator.getStates()) {
                for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
                    read(handle, loader, states);
                }
            }
        }
    }

    private static void read(
            OperatorStateHandle handle, ClassLoader loader, Consumer<byte[]> states)
            throws Exception {
        for (String name : NAMES) {
            if (!handle.getStateNameToPartitionOffsets().containsKey(name)) {
                continue;
            }
            DefaultOperatorStateBackend backend =
                    new DefaultOperatorStateBackendBuilder(
                                    loader,
                                    new ExecutionConfig(),
                                    false,
                                    List.of(handle),
                                    new CloseableRegistry())
                            .build();
            try {
                backend.getListState(
                                new ListStateDescriptor<>(
                                        name, BytePrimitiveArraySerializer.INSTANCE))
                        .get()
                        .forEach(states);
            } finally {
                backend.dispose();
                backend.close();
            }
        }
    }
}
