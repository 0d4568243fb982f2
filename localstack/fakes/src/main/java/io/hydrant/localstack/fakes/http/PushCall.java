package io.hydrant.localstack.fakes.http;

/**
 * One request over HTTP/2 and its answer, which may go on for long. Belongs to one I/O thread, on
 * which everything of it happens.
 */
public interface PushCall {

    /** A request header, or null. */
    String header(String name);

    /** The request's body. */
    byte[] body();

    /** Begins the answer. */
    void begin(int status, String contentType);

    /** Sends some of the answer's body. */
    void send(byte[] part);

    /** Whether the client takes more now; what is sent otherwise waits here. */
    boolean isWritable();

    /** Whether the client is still there and the answer has no end yet. */
    boolean isOpen();

    /** Ends the answer. */
    void end();

    /** Breaks the answer off; the connection stays. */
    void reset();

    /** Breaks the connection off, and with it all other calls on it. */
    void disconnect();

    /** Does something a little later, on the call's thread. */
    void later(Runnable task, long millis);
}
