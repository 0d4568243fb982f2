package io.hydrant.delivery.ledger;

import io.hydrant.core.record.Envelope;

/** Makes records of which only the identity and the arrival matter. */
final class Envelopes {

    private Envelopes() {}

    static Envelope at(String shard, String sequence, long subSequence, long arrivalMillis) {
        return new Envelope(
                "flights", shard, sequence, subSequence, "key", arrivalMillis, new byte[0], 0, 0);
    }
}
