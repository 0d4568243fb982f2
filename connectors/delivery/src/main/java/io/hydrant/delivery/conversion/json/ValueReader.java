package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.json.JsonScan;

import com.fasterxml.jackson.core.JsonParser;

import java.io.IOException;

/**
 * Turns the next JSON value into a value of a column. A class, since readers of all types are
 * called in turn, and the JVM finds a method of an interface by a search.
 */
abstract class ValueReader {

    /** Reads a value that is not null, up to its last token. */
    abstract void read(JsonParser json, GrowingBytes out) throws IOException, ConversionException;

    /**
     * Reads a value that is not null like {@link #read}, if it is plain enough.
     *
     * @return false where only a parser can tell; {@code out} may then hold a part of a value
     */
    abstract boolean scan(JsonScan json, GrowingBytes out);
}
