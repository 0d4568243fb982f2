package io.hydrant.localstack.fakes.redshift;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of the loopback address whose every connection gets a session of its own. */
final class Door implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final ServerSocket socket;
    private final String name;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    private Door(ServerSocket socket, String name) {
        this.socket = socket;
        this.name = name;
    }

    /**
     * Takes a port; nobody is let in yet.
     *
     * @param port port to listen on, 0 for any free one
     */
    static Door take(int port, String name) throws IOException {
        return new Door(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), name);
    }

    /** Lets sessions of a cluster in. */
    void open(FakeCluster cluster) {
        daemon(name, () -> accept(cluster));
    }

    private void accept(FakeCluster cluster) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                client.setTcpNoDelay(true);
                clients.add(client);
                daemon(
                        name + "-session",
                        () -> {
                            new Session(client, cluster).run();
                            clients.remove(client);
                        });
            } catch (IOException e) {
                LOG.debug("No more sessions: {}", e.toString());
            }
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Ends every session. */
    void dropSessions() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        dropSessions();
    }
}
