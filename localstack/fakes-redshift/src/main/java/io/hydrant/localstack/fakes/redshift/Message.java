package io.hydrant.localstack.fakes.redshift;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message of PostgreSQL's protocol 3, which Redshift speaks.
 *
 * <p>Source: PostgreSQL manual, "Frontend/Backend Protocol", "Message Formats".
 *
 * @param type its letter
 * @param body what follows the length
 */
record Message(char type, byte[] body) {

    private static final int LARGEST = 256 * 1024 * 1024;

    static final Message FLUSH = new Message('H', new byte[0]);
    static final Message SYNC = new Message('S', new byte[0]);

    static Message read(DataInputStream in) throws IOException {
        char type = (char) in.readUnsignedByte();
        return new Message(type, readBody(in));
    }

    /** A body behind its length, as start-up has it without a letter. */
    static byte[] readBody(DataInputStream in) throws IOException {
        int length = in.readInt() - 4;
        if (length < 0 || length > LARGEST) {
            throw new IOException("A message says that it has " + length + " bytes");
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return body;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(type);
        out.writeInt(body.length + 4);
        out.write(body);
    }

    static Message query(String sql) {
        return text('Q', sql);
    }

    /** A parameter of the server that has this value from now on. */
    static Message parameter(String name, String value) {
        return text('S', name + '\0' + value);
    }

    static Message complete(String tag) {
        return text('C', tag);
    }

    private static Message text(char type, String text) {
        return new Message(type, (text + '\0').getBytes(StandardCharsets.UTF_8));
    }

    static Message error(String state, String message, String detail) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        field(body, 'S', "ERROR");
        field(body, 'V', "ERROR");
        field(body, 'C', state);
        field(body, 'M', message);
        if (!detail.isEmpty()) {
            field(body, 'D', detail);
        }
        body.write(0);
        return new Message('E', body.toByteArray());
    }

    private static void field(ByteArrayOutputStream body, char name, String text) {
        body.write(name);
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        body.write(0);
    }

    /** A field of an error or a notice, or null. */
    String field(char name) {
        int at = 0;
        while (at < body.length && body[at] != 0) {
            String text = textAt(at + 1);
            if (body[at] == name) {
                return text;
            }
            at += 2 + text.getBytes(StandardCharsets.UTF_8).length;
        }
        return null;
    }

    /** The text that begins there and ends with a zero. */
    String textAt(int start) {
        int end = start;
        while (body[end] != 0) {
            end++;
        }
        return new String(body, start, end - start, StandardCharsets.UTF_8);
    }

    /** Where what follows the text that begins there begins. */
    int afterText(int start) {
        int end = start;
        while (body[end] != 0) {
            end++;
        }
        return end + 1;
    }

    /** The values of a row of data, as text. */
    String[] values() {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        String[] values = new String[buffer.getShort()];
        for (int i = 0; i < values.length; i++) {
            int length = buffer.getInt();
            if (length >= 0) {
                byte[] value = new byte[length];
                buffer.get(value);
                values[i] = new String(value, StandardCharsets.UTF_8);
            }
        }
        return values;
    }
}
