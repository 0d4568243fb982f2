/** Delivers one record of many: the last, the first, an average or one in N of each interval. */
package io.hydrant.delivery.sample;
