package io.hydrant.localstack.fakes.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;

/** Writes the members of an answer, inside an object that is open already. */
@FunctionalInterface
interface Answer {

    /** An answer without members. */
    Answer NOTHING = (out, format) -> {};

    void write(JsonGenerator out, WireFormat format) throws IOException;
}
