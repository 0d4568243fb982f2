package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.delivery.deadletter.DeadLetterFormat;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.RecordFormat;
import io.hydrant.s3.store.ObjectStore;

/**
 * What a writer works with; the writer closes what can be closed.
 *
 * @param names names of groups and objects
 * @param format encodes data
 * @param deadLetters encodes records for the error prefix
 * @param codec compresses
 * @param store where objects go
 * @param uploader sends parts there
 * @param budget counts memory; shared with the uploader
 */
record S3WriterParts(
        ObjectNaming names,
        RecordFormat format,
        DeadLetterFormat deadLetters,
        BlockCodec codec,
        ObjectStore store,
        PartUploader uploader,
        MemoryBudget budget) {

    static S3WriterParts of(
            S3SinkConfig config, ObjectStore store, PartUploader uploader, MemoryBudget budget) {
        return new S3WriterParts(
                new ObjectNaming(config.naming(), config.buffer().partitionTime()),
                config.format().recordFormat(),
                new DeadLetterFormat(),
                config.format().codec(),
                store,
                uploader,
                budget);
    }
}
