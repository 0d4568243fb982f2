/** Proves what was delivered: {@code ./hydrant verify}. */
package io.hydrant.launcher.verify;
