package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;

import com.fasterxml.jackson.core.JsonParser;

import java.io.IOException;

/** Turns the JSON value that a parser stands on into a value of a column. */
interface ValueReader {

    /** Reads a value that is not null, up to its last token. */
    void read(JsonParser json, GrowingBytes out) throws IOException, ConversionException;
}
