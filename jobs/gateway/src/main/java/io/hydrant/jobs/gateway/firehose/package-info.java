/** Firehose's API: records into delivery streams, and questions about them. */
package io.hydrant.jobs.gateway.firehose;
