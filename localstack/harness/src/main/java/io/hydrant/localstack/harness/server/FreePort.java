package io.hydrant.localstack.harness.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface on which nobody listens. */
public final class FreePort {

    private FreePort() {}

    /**
     * A port that was free a moment ago.
     *
     * @return a port that the system chose
     * @throws IOException if it has none
     */
    public static int any() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Makes sure that a port can be listened on.
     *
     * @param port the port
     * @param who wants it, as it should read in the error
     * @throws IOException if it is taken; the message names the port and the option to change it
     */
    public static void require(int port, String who) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
        } catch (IOException e) {
            throw new IOException(
                    who
                            + " cannot listen on port "
                            + port
                            + " of 127.0.0.1, something else does. End that, or choose another port"
                            + " with --port.",
                    e);
        }
    }
}
