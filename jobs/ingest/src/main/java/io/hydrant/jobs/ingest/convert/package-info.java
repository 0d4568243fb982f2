/** What the agent does to a record before it sends it. */
package io.hydrant.jobs.ingest.convert;
