package io.hydrant.launcher.soak;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What is written on the way into a table of Iceberg besides the commit itself, in its order. */
enum TableStep {
    WAIT("writing an object that waits", true, "PUT .*/iceberg-waiting/.*"),
    NOTE("noting that it waits", true, "PUT .*/_hydrant/ledger-waiting/.*"),
    DATA("writing a file of rows", false, "PUT .*/data/.*\\.parquet"),
    LIST("listing the files of a commit", false, "PUT .*/metadata/hydrant-staged-.*\\.avro"),
    DECIDE("deciding what comes of what waits", true, "PUT .*/_hydrant/ledger-redrive/.*\\.commit"),
    MANIFEST("writing a manifest", false, "PUT .*/metadata/(?!hydrant-staged-|snap-).*\\.avro"),
    SNAPSHOT("writing a list of manifests", false, "PUT .*/metadata/snap-.*\\.avro"),
    CLEAN_UP(
            "removing the list of its files", false, "DELETE .*/metadata/hydrant-staged-.*\\.avro"),
    LEDGER("writing the ledger", false, "PUT .*/_hydrant/ledger/.*"),
    DONE("noting that it is done", true, "PUT .*/_hydrant/ledger-redrive/.*\\.done"),
    FORGET("removing the note that it waits", true, "DELETE .*/_hydrant/ledger-waiting/.*"),
    EXPIRE("removing what only expired snapshots had", false, "POST /[^/]*/?");

    private final String words;
    private final boolean isOfStaged;
    private final Pattern request;

    TableStep(String words, boolean isOfStaged, String request) {
        this.words = words;
        this.isOfStaged = isOfStaged;
        this.request = Pattern.compile(request);
    }

    /** The steps that come by. */
    static List<TableStep> of(TableMode mode) {
        return Arrays.stream(values())
                .filter(step -> mode.staged() || !step.isOfStaged)
                .filter(step -> mode.keptUp() || step != EXPIRE)
                .toList();
    }

    /** Whether a request for a path, bucket and key, is this step. */
    boolean is(String method, String path) {
        return request.matcher(method + ' ' + path).matches();
    }

    @Override
    public String toString() {
        return words;
    }
}
