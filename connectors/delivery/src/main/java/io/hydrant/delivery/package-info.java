/**
 * The rooms between source and sink: transform, partition, buffer, format, dead letter and ledger.
 *
 * <p>Nothing here knows a destination, and no AWS class is imported (an ArchUnit test holds both).
 */
package io.hydrant.delivery;
