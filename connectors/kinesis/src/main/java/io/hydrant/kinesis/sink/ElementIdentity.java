package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.ProducerStamp;

import java.io.Serializable;

/**
 * Says which record an element is, so that an element that a restart makes again from the input is
 * put with the stamp that it had before, and a source with {@code source.deduplication.enabled}
 * leaves the copy out.
 *
 * <p>With it, copies are left out exactly because a stamp is a property of the input (such as a
 * file and the number of the line), and because a number is put only when all that are smaller by
 * {@link ProducerStamp#WINDOW} are in the stream. It assumes that an element has the same stamp
 * whenever it is made, that all elements of a producer go to one task of the sink, those with
 * smaller numbers first (some may be left out), and that a copy goes to the shard of the first, so
 * its partition key has to be the same, too. Where two different elements have one stamp, the
 * second is lost.
 *
 * @param <T> what is written
 */
@FunctionalInterface
public interface ElementIdentity<T> extends Serializable {

    /** The element's stamp; never null. */
    ProducerStamp of(T element);
}
