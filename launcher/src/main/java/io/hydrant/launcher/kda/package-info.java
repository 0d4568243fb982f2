/** {@code hydrant kda}: applications of Kinesis Data Analytics, tried and looked at. */
package io.hydrant.launcher.kda;
