package io.hydrant.launcher.autoscale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What has to outlive the process: the peaks of 30 days, and which calls of UpdateShardCount count
 * against the limit. A file of lines, {@code peak,<hour>,<bytes>,<records>}, {@code update,<time>},
 * {@code change,<time>}.
 */
final class ScalingMemory {

    private final Path file;
    private final PeakHistory history = new PeakHistory();
    private final UpdateBudget budget = new UpdateBudget();
    private Instant lastChange;

    private ScalingMemory(Path file) {
        this.file = file;
    }

    /**
     * Reads the file, where there is one.
     *
     * @param file null to remember nothing beyond the process
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException naming the line that is not one
     */
    static ScalingMemory read(Path file) throws IOException {
        ScalingMemory memory = new ScalingMemory(file);
        if (file != null && Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                try {
                    memory.take(line.split(",", -1));
                } catch (RuntimeException e) {
                    throw new IllegalArgumentException(
                            file
                                    + ": '"
                                    + line
                                    + "' is none of the lines that this command writes; remove the"
                                    + " file to begin without a memory",
                            e);
                }
            }
        }
        return memory;
    }

    private void take(String[] fields) {
        Instant at = Instant.parse(fields[1]);
        switch (fields[0]) {
            case "peak" ->
                    history.add(
                            at,
                            new Load(Double.parseDouble(fields[2]), Double.parseDouble(fields[3])));
            case "update" -> budget.spent(at);
            case "change" -> lastChange = at;
            default -> throw new IllegalArgumentException(fields[0]);
        }
    }

    PeakHistory history() {
        return history;
    }

    UpdateBudget budget() {
        return budget;
    }

    Instant lastChange() {
        return lastChange;
    }

    void changed(Instant at) {
        lastChange = at;
    }

    /** Writes the file as a whole, so that a crash leaves the old one or the new one. */
    void write() throws IOException {
        if (file == null) {
            return;
        }
        List<String> lines = new ArrayList<>();
        history.hours()
                .forEach(
                        (hour, load) ->
                                lines.add(
                                        "peak,"
                                                + hour
                                                + ','
                                                + load.bytes()
                                                + ','
                                                + load.records()));
        budget.calls().forEach(call -> lines.add("update," + call));
        if (lastChange != null) {
            lines.add("change," + lastChange);
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, lines);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
