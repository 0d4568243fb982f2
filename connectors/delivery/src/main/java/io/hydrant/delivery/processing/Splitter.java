package io.hydrant.delivery.processing;

/** Takes a record apart into the records that lie in it. */
interface Splitter {

    /**
     * Where the sub-records are.
     *
     * @return their places, none for a record that holds nothing; null for one that cannot be taken
     *     apart and goes on as it is
     */
    Slices split(Bytes record);

    /** The sub-record at that place, as it goes on. */
    default Bytes subRecord(Bytes record, int offset, int length) {
        return new Bytes(record.array(), offset, length);
    }
}
