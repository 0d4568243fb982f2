/** Takes over the configuration of a Firehose stream: {@code ./hydrant import}. */
package io.hydrant.launcher.imports;
