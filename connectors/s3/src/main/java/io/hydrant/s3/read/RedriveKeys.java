package io.hydrant.s3.read;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Where a delivery stream remembers what was redriven: beside its ledger, under {@code <ledger
 * prefix without its last slash>-redrive/<delivery stream>/}, for each error object one object that
 * decides what comes of it, and one behind it once that is done.
 */
public final class RedriveKeys {

    private static final String DECISION = ".commit";
    private static final String DONE = ".done";

    private final String root;
    private final String folder;

    /**
     * The keys of one delivery stream.
     *
     * @param ledgerPrefix prefix of the ledger, ending with a slash
     */
    public RedriveKeys(String ledgerPrefix, String deliveryStream) {
        this.root = ledgerPrefix.substring(0, ledgerPrefix.length() - 1) + "-redrive/";
        this.folder = root + deliveryStream + '/';
    }

    /** What all keys of all delivery streams begin with. */
    public String root() {
        return root;
    }

    /** What all keys of the delivery stream begin with. */
    public String folder() {
        return folder;
    }

    /** The one id that a redrive of an error object has, whoever tries it. */
    public static UUID idOf(String errorObject) {
        return UUID.nameUUIDFromBytes(errorObject.getBytes(StandardCharsets.UTF_8));
    }

    /** Where it is decided what comes of an error object. */
    public String decision(UUID redrive) {
        return folder + redrive + DECISION;
    }

    /** What is there once the decision is carried out. */
    public String done(UUID redrive) {
        return folder + redrive + DONE;
    }

    /** The redrive that a key of {@link #decision} is of, null for other keys. */
    public UUID decided(String key) {
        return idIn(key, DECISION);
    }

    /** The redrive that a key of {@link #done} is of, null for other keys. */
    public UUID finished(String key) {
        return idIn(key, DONE);
    }

    private UUID idIn(String key, String ending) {
        return key.startsWith(folder) && key.endsWith(ending)
                ? UUID.fromString(key.substring(folder.length(), key.length() - ending.length()))
                : null;
    }
}
