package io.hydrant.launcher.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LeftOversTest {

    @ParameterizedTest
    @CsvSource({
        "clicks/2026/01/27/00/clicks-1-2026-01-27-00-00-00-99058868-87b3-401c-8a3e-57f6b9871eca.gz, true",
        "clicks-12-2026-01-27-00-00-00-99058868-87b3-401c-8a3e-57f6b9871eca, true",
        "pclicks-1-2026-01-27-00-00-00-99058868-87b3-401c-8a3e-57f6b9871eca, true",
        "clicks/other-1-2026-01-27-00-00-00-99058868-87b3-401c-8a3e-57f6b9871eca, false",
        "clicks/clicks-1-2026-01-27-00-00-00-99058868.gz, false",
        "clicks-1-2026-01-27-00-00-00-99058868-87b3-401c-8a3e-57f6b9871eca/more, false",
        "clicks/backup.tar, false",
    })
    void looksOnlyAtUploadsThatAreNamedAsTheDeliveryNamesItsObjects(String key, boolean own) {
        assertThat(LeftOvers.namesOf("clicks").matcher(key).matches()).isEqualTo(own);
    }

    @Test
    void whateverHoldsAnIdRefersToIt() {
        References references = new References(List.of("upload-a", "upload-b", "upload-c"));

        references.scan("\u0000\u0008upload-a\u0000".getBytes(StandardCharsets.ISO_8859_1));
        references.scan("{\"uploadId\":\"upload-c\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(references.isUnreferenced("upload-a")).isFalse();
        assertThat(references.isUnreferenced("upload-b")).isTrue();
        assertThat(references.isUnreferenced("upload-c")).isFalse();
    }
}
