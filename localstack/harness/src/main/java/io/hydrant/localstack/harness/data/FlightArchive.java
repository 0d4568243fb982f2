package io.hydrant.localstack.harness.data;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Month;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The archive that the package brings, turned once into one file of sorted JSON lines a month.
 *
 * <p>The archive holds each month in one piece, so one month at a time is in memory.
 */
final class FlightArchive {

    private final Path folder;
    private final Set<Month> written = EnumSet.noneOf(Month.class);
    private final List<FlightRow> month = new ArrayList<>();

    private FlightArchive(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the files that {@link Flights} reads.
     *
     * @throws IOException if the archive is not the one of this package version
     */
    static void sortInto(Path archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            ZipEntry entry = zip.getNextEntry();
            if (entry == null || !entry.getName().equals("flights.csv")) {
                throw new IOException(archive + " does not begin with flights.csv");
            }
            new FlightArchive(folder)
                    .sort(
                            new BufferedReader(
                                    new InputStreamReader(zip, StandardCharsets.US_ASCII)));
        }
    }

    private void sort(BufferedReader csv) throws IOException {
        FlightRow.requireHeader(csv.readLine());
        for (String line = csv.readLine(); line != null; line = csv.readLine()) {
            FlightRow row = FlightRow.parse(line);
            if (!month.isEmpty() && month.get(0).month() != row.month()) {
                writeMonth();
            }
            month.add(row);
        }
        if (!month.isEmpty()) {
            writeMonth();
        }
        if (written.size() != Month.values().length) {
            throw new IOException("The flights are not of a whole year but of " + written);
        }
    }

    private void writeMonth() throws IOException {
        Month name = month.get(0).month();
        if (month.size() != Flights.count(name) || !written.add(name)) {
            throw new IOException(
                    "Expected "
                            + Flights.count(name)
                            + " flights of "
                            + name
                            + " in one piece, found "
                            + month.size());
        }
        month.sort(FlightRow.BY_SCHEDULED_DEPARTURE);
        try (BufferedWriter file = Files.newBufferedWriter(Flights.file(folder, name))) {
            for (FlightRow row : month) {
                row.appendTo(file);
                file.append('\n');
            }
        }
        month.clear();
    }
}
