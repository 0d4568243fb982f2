package io.hydrant.localstack.harness.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FlightArchiveTest {

    private static final String HEADER =
            "year,month,day,dep_time,sched_dep_time,dep_delay,arr_time,sched_arr_time,arr_delay,"
                    + "carrier,flight,tailnum,origin,dest,air_time,distance,hour,minute,time_hour\n";
    private static final String ROW =
            "2013,1,1,517,515,2,830,819,11,UA,1545,N14228,EWR,IAH,227,1400,5,15,"
                    + "2013-01-01T10:00:00Z\n";

    @TempDir private Path folder;

    @Test
    void refusesAMonthThatIsNotWhole() throws IOException {
        assertRefused(
                "flights.csv", HEADER + ROW, "27004 flights of JANUARY in one piece, found 1");
    }

    @Test
    void refusesAnEmptyTable() throws IOException {
        assertRefused("flights.csv", HEADER, "not of a whole year but of []");
    }

    @Test
    void refusesAnotherArchive() throws IOException {
        assertRefused("weather.csv", HEADER, "does not begin with flights.csv");
    }

    private void assertRefused(String name, String content, String reason) throws IOException {
        Path archive = folder.resolve("archive.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.US_ASCII));
        }
        assertThatThrownBy(() -> FlightArchive.sortInto(archive, folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }
}
