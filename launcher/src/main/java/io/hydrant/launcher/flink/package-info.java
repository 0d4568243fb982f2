/** The command that tells where Flink is. */
package io.hydrant.launcher.flink;
