/** The configuration file of the Kinesis Agent. */
package io.hydrant.jobs.ingest.agent;
