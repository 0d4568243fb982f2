/** {@code ./hydrant deploy}: streams, buckets, roles, alarms and jobs from one command. */
package io.hydrant.launcher.deploy;
