package io.hydrant.delivery.conversion.columnar;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ColumnarFooterTest {

    @ParameterizedTest
    @EnumSource(ColumnarFormat.class)
    void countsTheRowsAndTellsAFileThatIsCutOff(ColumnarFormat format) throws Exception {
        byte[] file =
                Rows.bytes(ColumnarConfig.defaultOf(format), Rows.EVERY_TYPE, Rows.SAMPLE)
                        .toByteArray();

        assertThat(ColumnarFooter.formatOf(file)).isEqualTo(format);
        assertThat(ColumnarFooter.rows(file)).isEqualTo(3);
        assertThatThrownBy(() -> ColumnarFooter.rows(Arrays.copyOf(file, file.length - 7)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("its ");
        assertThat(ColumnarFooter.formatOf(new byte[] {'{', '}'})).isNull();
    }
}
