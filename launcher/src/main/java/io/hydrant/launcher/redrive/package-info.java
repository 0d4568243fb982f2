/** Sends the records of error objects through again: {@code ./hydrant redrive}. */
package io.hydrant.launcher.redrive;
