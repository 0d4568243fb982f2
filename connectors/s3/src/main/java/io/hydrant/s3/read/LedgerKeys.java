package io.hydrant.s3.read;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * Where the ledger lies: {@code <prefix><delivery stream>/<yyyy/MM/dd/HH>/<time>-<uuid>.jsonl}, in
 * UTC, by the time of the commit.
 */
public final class LedgerKeys {

    private static final DateTimeFormatter FOLDER = formatter("yyyy/MM/dd/HH");
    private static final DateTimeFormatter NAME = formatter("yyyyMMdd'T'HHmmssSSS'Z'");

    private final String folder;

    /**
     * The keys of one delivery stream.
     *
     * @param prefix prefix of the ledger, such as {@code _hydrant/ledger/}
     */
    public LedgerKeys(String prefix, String deliveryStream) {
        this.folder = prefix + deliveryStream + '/';
    }

    /** What all keys of the delivery stream's ledger begin with. */
    public String folder() {
        return folder;
    }

    /** The key of an object of ledger lines. */
    public String key(Instant committed, UUID id) {
        return folder
                + FOLDER.format(committed)
                + '/'
                + NAME.format(committed)
                + '-'
                + id
                + ".jsonl";
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
