/** Objects of S3 as a queue says that they arrive. */
package io.hydrant.jobs.ingest.objects;
