/**
 * Registers the consumers of enhanced fan-out: {@link
 * io.hydrant.kinesis.source.consumer.RegistrationStep} judges, {@link
 * io.hydrant.kinesis.source.consumer.ConsumerRegistrar} does, {@link
 * io.hydrant.kinesis.source.consumer.ConsumerLease} knows when a job is over.
 */
package io.hydrant.kinesis.source.consumer;
