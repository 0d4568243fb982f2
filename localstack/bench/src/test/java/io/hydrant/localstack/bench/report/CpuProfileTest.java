package io.hydrant.localstack.bench.report;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CpuProfileTest {

    @ParameterizedTest
    @CsvSource({
        "io.hydrant.kinesis.source.reader.ShardCursor, io.hydrant.kinesis.source.reader, false",
        "software.amazon.awssdk.thirdparty.jackson.core.JsonParser,"
                + " software.amazon.awssdk.thirdparty.jackson, false",
        "org.example.Main, org.example, false",
        "java.util.ArrayList, java.util, true",
        "jdk.internal.misc.Unsafe, jdk.internal.misc, true",
        "javax.crypto.Mac, javax.crypto, false",
    })
    void countsALibraryByItsFirstFivePartsAndKnowsTheJdk(
            String type, String library, boolean platform) {
        assertThat(CpuProfile.library(type)).isEqualTo(library);
        assertThat(CpuProfile.isPlatform(type)).isEqualTo(platform);
    }
}
