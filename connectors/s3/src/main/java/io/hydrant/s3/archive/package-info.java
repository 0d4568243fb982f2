/** Reads objects that records were archived in, as a source of them. */
package io.hydrant.s3.archive;
