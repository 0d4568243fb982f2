/**
 * The official connector as a rival: three small classes that the benchmark finds by name and tells
 * everything by name, because it cannot be compiled together with them.
 */
package io.hydrant.bench.rival;
