/** Text as people's editors write it. */
package io.hydrant.core.text;
