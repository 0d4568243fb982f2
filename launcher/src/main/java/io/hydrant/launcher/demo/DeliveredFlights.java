package io.hydrant.launcher.demo;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.verify.DeliveryReads;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What has landed in the demo's bucket, by the ledger and by reading every line of it. */
final class DeliveredFlights implements AutoCloseable {

    private static final String ID_BEGINS = "{\"id\":\"";
    private static final int SAMPLE = 3;

    private final DeliveryPlan plan;
    private final DeliveryReads reads;
    private final Set<String> ledgerObjects = new HashSet<>();
    private final Map<String, Long> objects = new TreeMap<>();
    private long records;

    DeliveredFlights(DeliveryPlan plan) {
        this.plan = plan;
        this.reads = new DeliveryReads(plan);
    }

    /**
     * What the ledger says.
     *
     * @param records records in committed objects
     * @param objects committed objects by address, with their sizes
     */
    record Delivered(long records, Map<String, Long> objects) {}

    /**
     * What the lines say.
     *
     * @param lines lines in all objects
     * @param distinct flights among them
     * @param sample the first lines of the first object
     */
    record ReadBack(long lines, long distinct, List<String> sample) {}

    /** Reads what came to the ledger since the last call. */
    synchronized Delivered byLedger() throws IOException, InterruptedException {
        reads.ledger()
                .forEachNew(
                        ledgerObjects,
                        entry -> {
                            // A commit that was repeated wrote its entries again.
                            if (entry.kind() == EntryKind.DATA
                                    && objects.put(entry.object(), entry.storedBytes()) == null) {
                                records += entry.records();
                            }
                        });
        return new Delivered(records, Collections.unmodifiableMap(objects));
    }

    /** Reads every line of these objects and counts flights, which have an id each. */
    ReadBack byLines(Set<String> addresses) throws IOException, InterruptedException {
        String address = "s3://" + plan.sink().bucket() + '/';
        Set<String> ids = new HashSet<>();
        List<String> sample = new ArrayList<>();
        long lines = 0;
        for (String object : addresses) {
            try (BufferedReader reader =
                    new BufferedReader(
                            new InputStreamReader(
                                    reads.objects()
                                            .open(
                                                    object.substring(address.length()),
                                                    plan.sink().format().compression()),
                                    StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines++;
                    ids.add(idOf(line));
                    if (sample.size() < SAMPLE) {
                        sample.add(line);
                    }
                }
            }
        }
        return new ReadBack(lines, ids.size(), sample);
    }

    private static String idOf(String line) throws IOException {
        int end = line.indexOf('"', ID_BEGINS.length());
        if (!line.startsWith(ID_BEGINS) || end < 0) {
            throw new IOException("A line that is no flight was delivered: " + line);
        }
        return line.substring(ID_BEGINS.length(), end);
    }

    @Override
    public void close() {
        reads.close();
    }
}
