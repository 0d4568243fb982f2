/** Takes what producers put to Firehose: {@code ./hydrant gateway}. */
package io.hydrant.launcher.gateway;
