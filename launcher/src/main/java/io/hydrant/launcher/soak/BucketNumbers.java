package io.hydrant.launcher.soak;

import io.hydrant.delivery.format.Compression;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.verify.DeliveryReads;
import io.hydrant.s3.read.DeliveredObjects;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/** Reads every record of the bucket back. */
final class BucketNumbers implements DeliveredNumbers {

    /** What begins with an underscore is no data to any reader: ledger, staged segments. */
    private static final String NO_DATA = "_hydrant/";

    @Override
    public void forEach(DeliveryPlan plan, LongConsumer numbers) throws Exception {
        boolean parquet = plan.sink().conversion() != null;
        try (DeliveryReads reads = new DeliveryReads(plan);
                ParquetNumbers files = parquet ? new ParquetNumbers() : null) {
            DeliveredObjects objects = reads.objects();
            objects.forEach(
                    "",
                    object -> {
                        if (object.key().startsWith(NO_DATA)) {
                            return;
                        }
                        if (parquet) {
                            try (InputStream file =
                                    objects.open(object.key(), Compression.UNCOMPRESSED)) {
                                files.read(file, numbers);
                            }
                            return;
                        }
                        try (BufferedReader lines =
                                new BufferedReader(
                                        new InputStreamReader(
                                                objects.open(
                                                        object.key(),
                                                        plan.sink().format().compression()),
                                                StandardCharsets.US_ASCII))) {
                            for (String line = lines.readLine();
                                    line != null;
                                    line = lines.readLine()) {
                                numbers.accept(SoakRecords.numberOf(line));
                            }
                        }
                    });
        }
    }
}
