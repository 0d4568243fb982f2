/** Kinesis' own API: puts are passed through to the service as they are. */
package io.hydrant.jobs.gateway.kinesis;
