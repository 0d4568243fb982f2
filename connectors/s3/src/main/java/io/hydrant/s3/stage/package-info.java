/** Objects that wait in S3 for a destination behind it: staged by one checkpoint, loaded later. */
package io.hydrant.s3.stage;
