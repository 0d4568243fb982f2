/**
 * Stops a delivery and starts it again, as it was or changed: {@code ./hydrant pause}, {@code
 * resume}, {@code reconfigure}.
 */
package io.hydrant.launcher.operate;
