/**
 * Strict doubles of the services that the corridor speaks to, for what LocalStack lacks: load,
 * throttling and faults on demand.
 *
 * <p>Nothing here knows another room.
 */
package io.hydrant.localstack.fakes;
