package io.hydrant.delivery.conversion.row;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.conversion.schema.HiveTypeParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RowInputTest {

    private static final HiveType.Struct TABLE =
            (HiveType.Struct) HiveTypeParser.parse("struct<a:array<string>,b:bigint,c:string>");

    private final GrowingBytes bytes = new GrowingBytes(0);
    private final RowInput in = new RowInput();

    @Test
    void comesBackToAValueInMemoryThatItPassedOver() throws IOException {
        bytes.write("in front".getBytes(StandardCharsets.UTF_8));
        int from = bytes.length();
        RowBytes.field(0, bytes);
        int count = RowBytes.beginArray(bytes);
        RowBytes.presence(false, bytes);
        RowBytes.presence(true, bytes);
        text("x");
        RowBytes.endArray(count, 2, bytes);
        RowBytes.field(2, bytes);
        text("é");
        RowBytes.field(1, bytes);
        RowBytes.number(Long.MIN_VALUE, bytes);
        RowBytes.endStruct(bytes);
        in.over(bytes.array(), from, bytes.length());

        assertThat(in.field(TABLE)).isZero();
        in.skip(TABLE.fields().get(0).type());
        assertThat(in.field(TABLE)).isEqualTo(2);
        int place = in.position();
        in.skip(TABLE.fields().get(2).type());
        assertThat(in.field(TABLE)).isOne();
        assertThat(in.number()).isEqualTo(Long.MIN_VALUE);
        assertThat(in.field(TABLE)).isNegative();
        assertThat(in.isAtEnd()).isTrue();

        in.over(bytes.array(), place, bytes.length());
        assertThat(in.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("é");
    }

    @Test
    void endsWhereTheMemoryDoesThatItIsGiven() {
        RowBytes.number(1, bytes);
        RowBytes.number(2, bytes);

        assertThatThrownBy(in::number)
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("ends early");
        in.over(bytes.array(), 1, 1);
        assertThatThrownBy(in::number)
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("ends early");
        assertThatThrownBy(() -> in.over(bytes.array(), 0, bytes.capacity() + 1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("out of bounds");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void readsTheSameWhereverTheStreamStops(int most) throws IOException {
        RowBytes.field(2, bytes);
        text("täxt");
        RowBytes.field(300, bytes);
        RowBytes.floating(-2.5, bytes);
        RowBytes.number(Long.MIN_VALUE, bytes);
        RowBytes.endArray(RowBytes.beginArray(bytes), 0x01020304, bytes);
        RowBytes.field(0xFFFE & ~RowBytes.SUPERSEDED, bytes);
        RowBytes.endStruct(bytes);
        RowInput stream =
                new RowInput(
                        new ByteArrayInputStream(bytes.array(), 0, bytes.length()) {
                            @Override
                            public synchronized int read(byte[] target, int from, int length) {
                                return super.read(target, from, Math.min(most, length));
                            }
                        });

        assertThat(stream.field(TABLE)).isEqualTo(2);
        assertThat(stream.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("täxt");
        assertThat(stream.field(TABLE)).isEqualTo(300);
        assertThat(stream.floating()).isEqualTo(-2.5);
        assertThat(stream.number()).isEqualTo(Long.MIN_VALUE);
        assertThat(stream.count()).isEqualTo(0x01020304);
        assertThat(stream.field(TABLE)).isEqualTo(0x7FFE);
        assertThat(stream.field(TABLE)).isNegative();
        assertThat(stream.isAtEnd()).isTrue();
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        RowBytes.bytes(utf8, 0, utf8.length, bytes);
    }
}
