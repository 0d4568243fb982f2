package io.hydrant.localstack.fakes.redshift;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What sessions share: where PostgreSQL listens, what COPY reads, what is to go wrong. */
final class FakeCluster {

    private static final Logger LOG = LoggerFactory.getLogger(FakeCluster.class);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String SERVER_VERSION = "14.0";
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_TEXT = 1024;
    private static final int LONGEST_REASON = 100;

    private final Path loadErrors;
    private final Clock clock = Clock.systemUTC();
    private final int backendPort;
    private final StagedObjects objects;
    private final String user;
    private final String password;
    private final Set<String> others = ConcurrentHashMap.newKeySet();
    private final AtomicInteger queryIds = new AtomicInteger(1000);
    private volatile Function<String, Fault> faults = sql -> Fault.NONE;

    FakeCluster(
            Path loadErrors, int backendPort, StagedObjects objects, String user, String password) {
        this.loadErrors = loadErrors;
        this.backendPort = backendPort;
        this.objects = objects;
        this.user = user;
        this.password = password;
    }

    /** A PostgreSQL as it is, whose statements are passed on as they are. */
    static FakeCluster plain(int backendPort, String user, String password) {
        return new FakeCluster(null, backendPort, null, user, password);
    }

    /** What COPY FROM an object a statement is, null where it is another. */
    CopyCommand copyOf(String sql) throws FakeSqlException {
        return isPlain() ? null : CopyParser.parse(sql);
    }

    /** The statement as PostgreSQL knows it. */
    String known(String sql) throws FakeSqlException {
        return isPlain() ? sql : DialectRewrite.rewrite(sql);
    }

    /**
     * A parameter of the server as clients are told it. psql of PostgreSQL 15 and 16 asks a server
     * that calls itself 15 or later for a column of pg_database that 17 has no longer, so that its
     * {@code \l} fails; and Redshift is no 17.
     */
    Message told(Message parameter) {
        return !isPlain() && parameter.textAt(0).equals("server_version")
                ? Message.parameter("server_version", SERVER_VERSION)
                : parameter;
    }

    private boolean isPlain() {
        return objects == null;
    }

    int backendPort() {
        return backendPort;
    }

    StagedObjects objects() {
        return objects;
    }

    boolean admits(String givenUser, String givenPassword) {
        return (user.equals(givenUser) && password.equals(givenPassword))
                || others.contains(givenUser + '\n' + givenPassword);
    }

    /** Lets another user in, too. */
    void admit(String otherUser, String otherPassword) {
        others.add(otherUser + '\n' + otherPassword);
    }

    void admitNoOthers() {
        others.clear();
    }

    int nextQueryId() {
        return queryIds.incrementAndGet();
    }

    void faults(Function<String, Fault> next) {
        faults = next;
    }

    Fault faultOf(String sql) {
        return faults.apply(sql);
    }

    /** Notes refused rows outside of the session's transaction, whose end does not undo them. */
    synchronized void note(int queryId, CopyCommand copy, List<LoadError> errors) {
        if (errors.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        for (LoadError error : errors) {
            lines.append(
                            JSON.createObjectNode()
                                    .put("tbl", copy.table().hashCode() & Integer.MAX_VALUE)
                                    .put("starttime", LocalDateTime.now(clock).toString())
                                    .put("query", queryId)
                                    .put("filename", cut(error.row().file().url(), LONGEST_NAME))
                                    .put("line_number", error.row().line())
                                    .put("colname", error.column())
                                    .put("raw_line", cut(error.row().raw(), LONGEST_TEXT))
                                    .put("raw_field_value", cut(error.value(), LONGEST_TEXT))
                                    .put("err_reason", cut(error.reason(), LONGEST_REASON)))
                    .append('\n');
        }
        try {
            Files.writeString(loadErrors, lines, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.error("Refused rows could not be noted", e);
        }
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
