package io.hydrant.localstack.harness.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Ports of the loopback interface on which nobody listens. */
public final class FreePort {

    static final int FIRST = 20_000;

    /** Behind the last one; from here on Linux gives ports to who asks for any. */
    static final int END = 32_768;

    private static final int DRAWS = 100;

    private FreePort() {}

    /**
     * A port that was free a moment ago. It is none of those that the system gives to who asks for
     * any, since the program that is to listen on it may itself ask for such ones before.
     *
     * @return a port that was drawn
     * @throws IOException if none of many is free
     */
    public static int any() throws IOException {
        return any(ThreadLocalRandom.current());
    }

    static int any(RandomGenerator random) throws IOException {
        IOException last = null;
        for (int i = 0; i < DRAWS; i++) {
            int port = random.nextInt(FIRST, END);
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                last = e;
            }
        }
        throw new IOException(
                DRAWS + " ports from " + FIRST + " on were drawn, and all are taken", last);
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
