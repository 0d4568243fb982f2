package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamDirectory;
import io.hydrant.kinesis.stream.StreamException;
import io.hydrant.kinesis.stream.StreamFailure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Finds the streams of a selection, asking the directory for what is not known yet only.
 *
 * <p>Used by one thread at a time.
 */
final class StreamFinder {

    private final StreamSelection selection;
    private final StreamDirectory directory;
    private final Map<String, StreamArn> named = new HashMap<>();
    private final int everyTimes;
    private int calls;
    private boolean done;

    /**
     * A finder.
     *
     * @param known streams that an earlier run found, which need not be asked for
     * @param everyTimes of so many calls, a pattern asks the directory once, when it has answered
     */
    StreamFinder(
            StreamSelection selection,
            StreamDirectory directory,
            Collection<StreamArn> known,
            int everyTimes) {
        this.selection = selection;
        this.directory = directory;
        this.everyTimes = everyTimes;
        if (selection instanceof StreamSelection.Listed listed) {
            List<String> unknown = listed.namesWithout(new HashSet<>(known));
            for (StreamArn arn : known) {
                if (!arn.isOfTable()
                        && listed.names().contains(arn.stream())
                        && !unknown.contains(arn.stream())) {
                    named.put(arn.stream(), arn);
                }
            }
        }
    }

    /** Whether more streams may come while the job runs. */
    boolean isOpenEnded() {
        return selection instanceof StreamSelection.Matching;
    }

    /** Whether nothing needs to be asked, so that the answer is known at once. */
    boolean knowsAll() {
        return selection instanceof StreamSelection.Listed listed
                && named.keySet().containsAll(listed.names());
    }

    /**
     * The streams of the selection, null when there is nothing new to say.
     *
     * @throws StreamException when waiting would not help
     */
    List<StreamArn> find() {
        if (selection instanceof StreamSelection.Matching matching) {
            if (done && ++calls % everyTimes != 0) {
                return null;
            }
            List<StreamArn> found = matching(matching);
            done = true;
            return found;
        }
        if (done) {
            return null;
        }
        StreamSelection.Listed listed = (StreamSelection.Listed) selection;
        for (String name : listed.names()) {
            if (!named.containsKey(name)) {
                named.put(name, arnOf(name));
            }
        }
        done = true;
        List<StreamArn> all = new ArrayList<>(listed.arns());
        listed.names().forEach(name -> all.add(named.get(name)));
        return all;
    }

    @Override
    public String toString() {
        return selection.toString();
    }

    private List<StreamArn> matching(StreamSelection.Matching matching) {
        try {
            return directory.matching(matching.pattern());
        } catch (RuntimeException e) {
            throw judged("ListStreams", matching.toString(), e);
        }
    }

    private StreamArn arnOf(String name) {
        try {
            return directory.arnOf(name);
        } catch (RuntimeException e) {
            throw judged("DescribeStreamSummary", "stream " + name, e);
        }
    }

    private static RuntimeException judged(String action, String streams, RuntimeException error) {
        return StreamFailure.of(error) == StreamFailure.FATAL
                ? StreamException.finding(action, streams, error)
                : error;
    }
}
