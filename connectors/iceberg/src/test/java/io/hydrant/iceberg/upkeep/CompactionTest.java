package io.hydrant.iceberg.upkeep;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How many rows go into a file. */
class CompactionTest {

    @ParameterizedTest
    @CsvSource({
        // rows, bytes, bytes that a file is to have, rows in a file
        "100, 50, 100, 100",
        "100, 179, 100, 100",
        "100, 180, 100, 50",
        "101, 180, 100, 51",
        "400, 400, 100, 100",
        "0, 0, 100, 1",
    })
    void allFilesGetEquallyManyRowsAndNoneTooFew(
            long rows, long bytes, long fileSize, long rowsPerFile) {
        assertThat(Compaction.rowsPerFile(rows, bytes, fileSize)).isEqualTo(rowsPerFile);
    }
}
