package io.hydrant.launcher.redrive;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.deadletter.DeadLetter;
import io.hydrant.delivery.deadletter.DeadLetterReader;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.UnreadableDeadLetterException;
import io.hydrant.delivery.ledger.LedgerTally;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.store.ListedObject;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Sends the records of an error object through the rooms of a delivery again, one object at a time.
 *
 * <p>An object that holds something unreadable stays as it is, with all its records. Holds of its
 * content what the delivery's memory budget allows. Not thread-safe.
 */
final class Redrive {

    private final S3Prefix from;
    private final DeliveredObjects objects;
    private final RedriveRooms rooms;
    private final RedriveTarget target;
    private final RedriveReport report;
    private final RedriveProgress progress;

    /**
     * A redrive.
     *
     * @param from where the error objects lie
     * @param objects reads the bucket that they lie in
     * @param rooms say what becomes of each record
     * @param target where it goes
     * @param report counts it
     * @param progress is told how far it has come
     */
    Redrive(
            S3Prefix from,
            DeliveredObjects objects,
            RedriveRooms rooms,
            RedriveTarget target,
            RedriveReport report,
            RedriveProgress progress) {
        this.from = from;
        this.objects = objects;
        this.rooms = rooms;
        this.target = target;
        this.report = report;
        this.progress = progress;
    }

    void redrive(ListedObject object) throws IOException, InterruptedException {
        String address = from.address(object.key());
        if (target.isRedriven(address)) {
            report.skipped();
            return;
        }
        RedriveReport.OfObject counts = new RedriveReport.OfObject();
        LedgerTally read = new LedgerTally();
        try {
            read(object, address, counts, read);
        } catch (UnreadableDeadLetterException e) {
            target.discard();
            report.unreadable(e.getMessage());
            return;
        } catch (ZipException | EOFException e) {
            target.discard();
            report.unreadable(address + ": it cannot be decompressed: " + e.getMessage());
            return;
        }
        if (read.isEmpty() || target.commit(address, object.length(), read)) {
            report.redriven(counts);
        } else {
            report.skipped();
        }
    }

    private void read(
            ListedObject object, String address, RedriveReport.OfObject counts, LedgerTally read)
            throws IOException, InterruptedException {
        // What a table refused comes as it was judged there, behind the transform; so does what
        // waits for one.
        boolean wasAtTable =
                ErrorObjects.isOf(ErrorOutputType.ICEBERG_FAILED, object.key())
                        || ErrorObjects.isOf(ErrorOutputType.ICEBERG_WAITING, object.key())
                        || ErrorObjects.isOf(ErrorOutputType.REDSHIFT_FAILED, object.key());
        try (DeadLetterReader letters =
                new DeadLetterReader(
                        objects.openAny(object.key()), address, object.lastModifiedMillis())) {
            for (DeadLetter letter = letters.next(); letter != null; letter = letters.next()) {
                progress.read();
                List<DeliveryRecord> judged = rooms.process(letter, wasAtTable);
                counts.count(judged);
                read.add(
                        letter.record(),
                        RedriveRooms.failedAgain(judged) ? letter.part() : Part.WHOLE);
                for (DeliveryRecord each : judged) {
                    if (!rooms.isInTable(each)) {
                        target.write(each);
                    }
                }
            }
        }
    }
}
