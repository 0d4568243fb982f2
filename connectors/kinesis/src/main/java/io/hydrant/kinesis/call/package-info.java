/** Services that take records in batches, and how a job hands batches over to them. */
package io.hydrant.kinesis.call;
