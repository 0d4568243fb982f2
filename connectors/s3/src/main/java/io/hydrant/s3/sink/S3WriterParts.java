package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.delivery.conversion.ConversionConfig;
import io.hydrant.delivery.deadletter.DeadLetterFormat;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.RecordFormat;
import io.hydrant.s3.store.ObjectStore;

/**
 * What a writer works with; the writer closes what can be closed.
 *
 * @param names names of groups and objects
 * @param format encodes data
 * @param deadLetters encodes records for the error prefix
 * @param codec compresses
 * @param rowCodec compresses rows of open objects
 * @param packCodec compresses small open objects of a checkpoint; GZIP, which works on any machine
 * @param schema converts records to rows, null where they stay what they are
 * @param store where objects go
 * @param uploader sends parts there
 * @param budget counts memory; shared with the uploader
 * @param bundlesSmallObjects whether small objects are staged together
 */
record S3WriterParts(
        ObjectNaming names,
        RecordFormat format,
        DeadLetterFormat deadLetters,
        BlockCodec codec,
        FastCodec rowCodec,
        FastCodec packCodec,
        RowSchema schema,
        ObjectStore store,
        PartUploader uploader,
        MemoryBudget budget,
        boolean bundlesSmallObjects) {

    static S3WriterParts of(
            S3SinkConfig config,
            ObjectStore store,
            PartUploader uploader,
            MemoryBudget budget,
            S3WriterMetrics metrics,
            boolean bundlesSmallObjects) {
        ConversionConfig conversion = config.conversion();
        return new S3WriterParts(
                new ObjectNaming(config.naming(), config.buffer().partitionTime()),
                config.format().recordFormat(),
                new DeadLetterFormat(conversion == null ? null : conversion.table()),
                config.format().codec(),
                RowBlocks.codec(),
                new FastCodec(Compression.GZIP),
                conversion == null ? null : new RowSchema(conversion, metrics.conversions()),
                store,
                uploader,
                budget,
                bundlesSmallObjects);
    }
}
