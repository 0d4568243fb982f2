package io.hydrant.localstack.fakes.redshift;

import io.hydrant.localstack.fakes.redshift.Backend.DatabaseError;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One client's session: its messages go to PostgreSQL one at a time, statements rewritten, COPY
 * from S3 carried out here.
 *
 * <p>Amazon's driver sends Parse, Bind, Describe, Execute and Flush, and a Sync of its own; every
 * message is answered before the next is read. After an error nothing is answered until the Sync,
 * and only a Sync is answered with ReadyForQuery.
 */
final class Session implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private static final int VERSION_3 = 196_608;
    private static final int CANCEL = 80_877_102;
    private static final int SSL = 80_877_103;
    private static final int GSS = 80_877_104;

    /** What drivers of Redshift tell of themselves, which PostgreSQL does not know. */
    private static final Set<String> UNKNOWN_PARAMETERS =
            Set.of(
                    "driver_version",
                    "os_version",
                    "client_protocol_version",
                    "driver_discovery_version",
                    "plugin_name",
                    "idp_type",
                    "provider_name",
                    "token_type",
                    "identity_namespace",
                    "_pq_.");

    private final Socket socket;
    private final FakeCluster cluster;
    private final Map<String, String> statements = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();

    private DataInputStream in;
    private DataOutputStream out;
    private Backend backend;
    private boolean isSkipping;
    private boolean isCopying;
    private boolean isInTransaction;

    Session(Socket socket, FakeCluster cluster) {
        this.socket = socket;
        this.cluster = cluster;
    }

    @Override
    public void run() {
        try (Socket closing = socket) {
            in = new DataInputStream(new BufferedInputStream(closing.getInputStream()));
            out = new DataOutputStream(new BufferedOutputStream(closing.getOutputStream()));
            if (start()) {
                serve();
            }
        } catch (ConnectionDropped | EOFException | SocketException e) {
            LOG.debug("A session ended: {}", e.toString());
        } catch (IOException | RuntimeException e) {
            LOG.warn("A session failed", e);
        } finally {
            disconnect();
        }
    }

    private void disconnect() {
        try {
            if (backend != null) {
                backend.close();
            }
        } catch (IOException e) {
            LOG.debug("The connection to PostgreSQL did not close", e);
        }
    }

    private boolean start() throws IOException {
        while (true) {
            ByteBuffer body = ByteBuffer.wrap(Message.readBody(in));
            int code = body.getInt();
            if (code == SSL || code == GSS) {
                out.writeByte('N');
                out.flush();
            } else if (code == CANCEL) {
                cancel(body);
                return false;
            } else if (code == VERSION_3) {
                return connect(body);
            } else {
                throw new IOException("Unknown start-up " + code);
            }
        }
    }

    private void cancel(ByteBuffer body) throws IOException {
        try (Backend other = new Backend(cluster.backendPort())) {
            other.out().writeInt(16);
            other.out().writeInt(CANCEL);
            other.out().writeInt(body.getInt());
            other.out().writeInt(body.getInt());
            other.out().flush();
        }
    }

    private boolean connect(ByteBuffer body) throws IOException {
        Map<String, String> parameters = parameters(body);
        if (!hasPassword(parameters.get("user"))) {
            return false;
        }
        backend = new Backend(cluster.backendPort());
        parameters.put("user", "postgres");
        ByteArrayOutputStream known = new ByteArrayOutputStream();
        for (Map.Entry<String, String> each : parameters.entrySet()) {
            if (!UNKNOWN_PARAMETERS.contains(each.getKey())) {
                text(known, each.getKey());
                text(known, each.getValue());
            }
        }
        known.write(0);
        backend.out().writeInt(known.size() + 8);
        backend.out().writeInt(VERSION_3);
        backend.out().write(known.toByteArray());
        backend.out().flush();
        Message answer = relayUntil("ZE");
        out.flush();
        return answer.type() == 'Z';
    }

    private static Map<String, String> parameters(ByteBuffer body) {
        String[] texts = StandardCharsets.UTF_8.decode(body).toString().split("\0", -1);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i + 1 < texts.length && !texts[i].isEmpty(); i += 2) {
            parameters.put(texts[i], texts[i + 1]);
        }
        return parameters;
    }

    private static void text(ByteArrayOutputStream to, String text) {
        to.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        to.write(0);
    }

    private boolean hasPassword(String user) throws IOException {
        // AuthenticationCleartextPassword
        new Message('R', ByteBuffer.allocate(4).putInt(3).array()).write(out);
        out.flush();
        Message answer = Message.read(in);
        if (cluster.admits(user, answer.textAt(0))) {
            return true;
        }
        Message.error("28000", "password authentication failed for user \"" + user + '"', "")
                .write(out);
        out.flush();
        return false;
    }

    private void serve() throws IOException {
        while (true) {
            Message message = Message.read(in);
            if (isSkipping && message.type() != 'S' && message.type() != 'X') {
                continue;
            }
            switch (message.type()) {
                case 'Q' -> simple(message.textAt(0));
                case 'P' -> parse(message);
                case 'B' -> bind(message);
                case 'D' -> ask(message, "TnE");
                case 'E' -> execute(message);
                case 'C' -> ask(message, "3E");
                case 'S' -> sync(message);
                case 'd' -> copyData(message);
                case 'c', 'f' -> endCopy(message);
                case 'H' -> out.flush();
                case 'X' -> {
                    return;
                }
                default -> throw new IOException("Unexpected message " + message.type());
            }
            // A driver may wait after Flush or without it; the double never keeps an answer back.
            out.flush();
        }
    }

    private void sync(Message message) throws IOException {
        isSkipping = false;
        backend.send(message);
        Message ready = relayUntil("Z");
        isInTransaction = ready.body()[0] != 'I';
    }

    private void parse(Message message) throws IOException {
        String name = message.textAt(0);
        int sqlAt = message.afterText(0);
        String sql = message.textAt(sqlAt);
        try {
            CopyCommand copy = cluster.copyOf(sql);
            String known = copy == null ? cluster.known(sql) : "";
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            text(body, name);
            text(body, known);
            body.write(
                    message.body(),
                    message.afterText(sqlAt),
                    message.body().length - message.afterText(sqlAt));
            statements.put(name, sql);
            ask(new Message('P', body.toByteArray()), "1E");
        } catch (FakeSqlException e) {
            fail(e);
        }
    }

    private void bind(Message message) throws IOException {
        String portal = message.textAt(0);
        portals.put(portal, statements.get(message.textAt(message.afterText(0))));
        ask(message, "2E");
    }

    private void execute(Message message) throws IOException {
        String sql = portals.getOrDefault(message.textAt(0), "");
        Fault fault = faultOf(sql);
        try {
            failOn(fault);
            CopyCommand copy = cluster.copyOf(sql);
            if (copy != null) {
                long rows = load(copy);
                dropAfter(fault);
                Message.complete("COPY " + rows).write(out);
                return;
            }
            backend.write(message);
            backend.send(Message.FLUSH);
            collect("CIsE", fault);
        } catch (FakeSqlException e) {
            fail(e);
        } catch (DatabaseError e) {
            isSkipping = true;
            e.answer().write(out);
        }
    }

    private void simple(String sql) throws IOException {
        Fault fault = faultOf(sql);
        try {
            failOn(fault);
            CopyCommand copy = cluster.copyOf(sql);
            if (copy == null) {
                backend.send(Message.query(cluster.known(sql)));
                Message last = collect("ZG", fault);
                isCopying = last.type() == 'G';
                if (!isCopying) {
                    isInTransaction = last.body()[0] != 'I';
                }
                return;
            }
            long rows = load(copy);
            dropAfter(fault);
            Message.complete("COPY " + rows).write(out);
        } catch (FakeSqlException e) {
            raise(e).write(out);
        } catch (DatabaseError e) {
            e.answer().write(out);
        }
        backend.send(Message.SYNC);
        Message ready = relayUntil("Z");
        isInTransaction = ready.body()[0] != 'I';
    }

    /** Passes data of a COPY FROM STDIN on, and an answer where PostgreSQL has had enough of it. */
    private void copyData(Message message) throws IOException {
        if (!isCopying) {
            return;
        }
        Fault fault = faultOf(FakePostgres.COPY_DATA);
        backend.send(message);
        dropAfter(fault);
        while (isCopying && backend.hasAnswer()) {
            Message answer = backend.read();
            answer.write(out);
            if (answer.type() == 'E') {
                isCopying = false;
                isInTransaction = relayUntil("Z").body()[0] != 'I';
            }
        }
    }

    /** After an error nobody waits for an answer to what was sent before it was read. */
    private void endCopy(Message message) throws IOException {
        if (!isCopying) {
            return;
        }
        isCopying = false;
        Fault fault = message.type() == 'c' ? faultOf(FakePostgres.COPY_DONE) : Fault.NONE;
        backend.send(message);
        Message ready = collect("Z", fault);
        isInTransaction = ready.body()[0] != 'I';
    }

    private long load(CopyCommand copy) throws IOException, FakeSqlException, DatabaseError {
        CopyRun run = new CopyRun(backend, cluster.objects(), copy);
        int id = cluster.nextQueryId();
        try {
            long rows = run.run(isInTransaction);
            backend.query("SELECT set_config('fake.copy_id', '" + id + "', false)");
            backend.query("SELECT set_config('fake.copy_count', '" + rows + "', false)");
            return rows;
        } finally {
            cluster.note(id, copy, run.errors());
        }
    }

    private Fault faultOf(String sql) throws IOException {
        Fault fault = cluster.faultOf(sql);
        switch (fault.kind()) {
            case DROP_BEFORE -> throw new ConnectionDropped();
            case HOLD -> await(fault);
            case NONE, DROP_AFTER, HOLD_ANSWER, ERROR -> {}
        }
        return fault;
    }

    private static void await(Fault fault) throws IOException {
        try {
            fault.until().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a statement was held", e);
        }
    }

    private static void failOn(Fault fault) throws FakeSqlException {
        if (fault.kind() == Fault.Kind.ERROR) {
            throw new FakeSqlException(fault.state(), fault.message(), fault.detail());
        }
    }

    private static void dropAfter(Fault fault) throws IOException {
        if (fault.kind() == Fault.Kind.HOLD_ANSWER) {
            await(fault);
        }
        if (losesAnswer(fault)) {
            throw new ConnectionDropped();
        }
    }

    private static boolean losesAnswer(Fault fault) {
        return fault.kind() == Fault.Kind.DROP_AFTER || fault.kind() == Fault.Kind.HOLD_ANSWER;
    }

    /** Sends a message and passes on what comes back, up to a message of one of those types. */
    private void ask(Message message, String last) throws IOException {
        backend.write(message);
        backend.send(Message.FLUSH);
        if (relayUntil(last).type() == 'E') {
            isSkipping = true;
        }
    }

    /** Passes answers on, unless the connection is to be lost behind them. */
    private Message collect(String last, Fault fault) throws IOException {
        if (!losesAnswer(fault)) {
            Message message = relayUntil(last);
            isSkipping = message.type() == 'E';
            return message;
        }
        Message message = backend.read();
        while (last.indexOf(message.type()) < 0) {
            message = backend.read();
        }
        dropAfter(fault);
        return message;
    }

    private Message relayUntil(String last) throws IOException {
        while (true) {
            Message message = backend.read();
            if (message.type() == 'S') {
                message = cluster.told(message);
            }
            message.write(out);
            if (message.type() == 'C') {
                noteTransaction(message.textAt(0));
            }
            if (last.indexOf(message.type()) >= 0) {
                return message;
            }
        }
    }

    /** Within a batch no ReadyForQuery tells. */
    private void noteTransaction(String tag) {
        if (tag.equals("BEGIN") || tag.equals("START TRANSACTION")) {
            isInTransaction = true;
        } else if (tag.equals("COMMIT") || tag.equals("ROLLBACK")) {
            isInTransaction = false;
        }
    }

    private void fail(FakeSqlException e) throws IOException {
        isSkipping = true;
        raise(e).write(out);
    }

    /** Lets PostgreSQL fail, too, so that a transaction is over as it would be. */
    private Message raise(FakeSqlException e) throws IOException {
        try {
            backend.query("DO $$BEGIN RAISE EXCEPTION 'failed by the double'; END$$");
        } catch (DatabaseError expected) {
            LOG.debug("The transaction is ended: {}", expected.getMessage());
        }
        return Message.error(e.state(), e.getMessage(), e.detail());
    }

    /** The end of a session that a fault asked for. */
    private static final class ConnectionDropped extends IOException {

        private static final long serialVersionUID = 1L;
    }
}
