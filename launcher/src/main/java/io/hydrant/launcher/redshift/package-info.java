/** {@code ./hydrant fake-redshift}. */
package io.hydrant.launcher.redshift;
