package io.hydrant.kinesis.dynamodb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;

/** How the JSON of DynamoDB is read and written. */
public final class WireJson {

    /**
     * Interns no names: those of attributes are the users', and there is no end to them. Parsers
     * tell byte offsets, as those of bytes do while names are canonicalised.
     */
    public static final JsonFactory FACTORY =
            new JsonFactoryBuilder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private WireJson() {}
}
