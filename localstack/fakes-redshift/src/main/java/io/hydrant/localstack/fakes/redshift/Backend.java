package io.hydrant.localstack.fakes.redshift;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** The connection to PostgreSQL that stands behind one client's session. */
final class Backend implements Closeable {

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    Backend(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    }

    DataOutputStream out() {
        return out;
    }

    void send(Message message) throws IOException {
        message.write(out);
        out.flush();
    }

    void write(Message message) throws IOException {
        message.write(out);
    }

    Message read() throws IOException {
        return Message.read(in);
    }

    /** Whether something is there to be read. */
    boolean hasAnswer() throws IOException {
        return in.available() > 0;
    }

    /** The rows of a query. */
    List<String[]> query(String sql) throws IOException, DatabaseError {
        send(Message.query(sql));
        return rows();
    }

    private List<String[]> rows() throws IOException, DatabaseError {
        List<String[]> rows = new ArrayList<>();
        Message error = null;
        for (Message message = read(); message.type() != 'Z'; message = read()) {
            if (message.type() == 'D') {
                rows.add(message.values());
            } else if (message.type() == 'E') {
                error = message;
            }
        }
        if (error != null) {
            throw new DatabaseError(error);
        }
        return rows;
    }

    /** Begins to feed a COPY FROM STDIN. */
    void beginCopy(String sql) throws IOException, DatabaseError {
        send(Message.query(sql));
        Message error = null;
        for (Message message = read(); message.type() != 'G'; message = read()) {
            if (message.type() == 'E') {
                error = message;
            } else if (message.type() == 'Z') {
                throw new DatabaseError(error);
            }
        }
    }

    /** Ends a COPY FROM STDIN. */
    void endCopy() throws IOException, DatabaseError {
        send(new Message('c', new byte[0]));
        rows();
    }

    /** Ends a COPY FROM STDIN of which nothing is to be there. */
    void abandonCopy() throws IOException {
        send(new Message('f', new byte[1]));
        try {
            rows();
        } catch (DatabaseError expected) {
            // PostgreSQL says that the COPY failed, which it was told.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What PostgreSQL answered. */
    static final class DatabaseError extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Message message;

        DatabaseError(Message message) {
            super(message.field('M'));
            this.message = message;
        }

        Message answer() {
            return message;
        }
    }
}
