package io.hydrant.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeliveryRecordSerializerTest {

    private static final Envelope ENVELOPE =
            new Envelope(
                    "flights", "shard-0", "4959", 7, "key", 1_382L, new byte[] {1, 2, 3}, 1, 2);

    private static final List<DeliveryRecord> RECORDS =
            List.of(
                    DeliveryRecord.deliver(ENVELOPE),
                    DeliveryRecord.drop(ENVELOPE),
                    DeliveryRecord.deadLetter(
                            ENVELOPE,
                            new Failure(
                                    ErrorOutputType.DECOMPRESSION_FAILED,
                                    "Some.Code",
                                    "größer",
                                    2,
                                    1_383L)));

    @Test
    void readsWhatItWrote() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        TypeSerializer<DeliveryRecord> serializer =
                DeliveryRecordTypeInformation.INSTANCE.createSerializer(new SerializerConfigImpl());
        for (DeliveryRecord record : RECORDS) {
            serializer.serialize(record, out);
        }

        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        for (DeliveryRecord record : RECORDS) {
            assertThat(serializer.deserialize(in)).isEqualTo(record);
        }
        assertThat(in.available()).isZero();
    }

    @Test
    void readsBytesOfVersion1() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/delivery-record-v1.bin")) {
            DataInputDeserializer in = new DataInputDeserializer(golden.readAllBytes());
            for (DeliveryRecord record : RECORDS) {
                assertThat(DeliveryRecordSerializer.INSTANCE.deserialize(in)).isEqualTo(record);
            }
        }
    }

    @Test
    void carriesMarkers() throws IOException {
        DeliveryRecord lost =
                DeliveryRecord.lost(
                        new LostRange("flights", "shard-0", "7", 0, "9", 1, 2, false).marker());
        DeliveryRecord begun =
                DeliveryRecord.begun(new ReadingBegin("flights", "shard-0", "7", 0, 2).marker());
        for (DeliveryRecord marker : new DeliveryRecord[] {lost, begun}) {
            DataOutputSerializer out = new DataOutputSerializer(16);
            DeliveryRecordSerializer.INSTANCE.serialize(marker, out);

            assertThat(
                            DeliveryRecordSerializer.INSTANCE.deserialize(
                                    new DataInputDeserializer(out.getCopyOfBuffer())))
                    .isEqualTo(marker);
        }
    }

    @Test
    void copiesFromViewToView() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        DeliveryRecordSerializer.INSTANCE.serialize(RECORDS.get(2), out);
        DataOutputSerializer copied = new DataOutputSerializer(16);

        DeliveryRecordSerializer.INSTANCE.copy(
                new DataInputDeserializer(out.getCopyOfBuffer()), copied);

        assertThat(copied.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
    }

    @Test
    void writesMessagesLongerThanJavasModifiedUtf8Allows() throws IOException {
        DeliveryRecord record =
                DeliveryRecord.deadLetter(
                        ENVELOPE,
                        new Failure(
                                ErrorOutputType.PROCESSING_FAILED, "c", "x".repeat(70_000), 1, 0));
        DataOutputSerializer out = new DataOutputSerializer(16);
        DeliveryRecordSerializer.INSTANCE.serialize(record, out);

        assertThat(
                        DeliveryRecordSerializer.INSTANCE.deserialize(
                                new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(record);
    }

    @Test
    void carriesTheErrorPrefixAndTheTableOfARecordThatFailed() throws IOException {
        Failure failure =
                new Failure(
                        ErrorOutputType.ICEBERG_FAILED, "c", "m", 1, 0, Map.of("k", "v"), "mine/");
        DeliveryRecord record =
                DeliveryRecord.deadLetter(ENVELOPE, failure)
                        .of(Part.of(1, true))
                        .in(RouteText.of(Map.of("destinationTableName", "t")));
        DataOutputSerializer out = new DataOutputSerializer(16);
        DeliveryRecordSerializer.INSTANCE.serialize(record, out);

        assertThat(
                        DeliveryRecordSerializer.INSTANCE.deserialize(
                                new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(record);
    }

    @Test
    void refusesADispositionThatThereIsNot() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        DeliveryRecordSerializer.INSTANCE.serialize(RECORDS.get(0), out);
        byte[] bytes = out.getCopyOfBuffer();
        bytes[0] = 9;

        assertThatThrownBy(
                        () ->
                                DeliveryRecordSerializer.INSTANCE.deserialize(
                                        new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage("There is no disposition 9");
    }

    @Test
    void readsDetailsOfAReasonAndWritesThemAsEver() throws IOException {
        DeliveryRecord record =
                DeliveryRecord.deadLetter(
                                ENVELOPE,
                                new Failure(
                                        ErrorOutputType.PROCESSING_FAILED,
                                        "Lambda.FunctionError",
                                        "m",
                                        4,
                                        1_383L,
                                        Map.of("lambdaArn", "arn:aws:lambda")))
                        .of(new Part(2, true));
        DataOutputSerializer out = new DataOutputSerializer(16);
        DeliveryRecordSerializer.INSTANCE.serialize(record, out);
        byte[] golden;
        try (InputStream in = getClass().getResourceAsStream("/delivery-record-details-v1.bin")) {
            golden = in.readAllBytes();
        }

        assertThat(out.getCopyOfBuffer()).isEqualTo(golden);
        assertThat(DeliveryRecordSerializer.INSTANCE.deserialize(new DataInputDeserializer(golden)))
                .isEqualTo(record);
    }

    @Test
    void readsPartsAndPartitionsAndWritesThemAsEver() throws IOException {
        List<DeliveryRecord> records =
                List.of(
                        RECORDS.get(0).of(new Part(3, false)),
                        RECORDS.get(0).in("customer=7/!{timestamp:yyyy}/"),
                        RECORDS.get(1).of(new Part(1, true)),
                        RECORDS.get(2).of(new Part(0, false)).in("größe/"));
        DataOutputSerializer out = new DataOutputSerializer(16);
        for (DeliveryRecord record : records) {
            DeliveryRecordSerializer.INSTANCE.serialize(record, out);
        }
        byte[] golden;
        try (InputStream in = getClass().getResourceAsStream("/delivery-record-parts-v1.bin")) {
            golden = in.readAllBytes();
        }

        assertThat(out.getCopyOfBuffer()).isEqualTo(golden);
        DataInputDeserializer in = new DataInputDeserializer(golden);
        for (DeliveryRecord record : records) {
            assertThat(DeliveryRecordSerializer.INSTANCE.deserialize(in)).isEqualTo(record);
        }
    }
}
