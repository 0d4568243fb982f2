/** Puts recorded data into a stream as if it happened now, faster or as fast as it goes. */
package io.hydrant.launcher.replay;
