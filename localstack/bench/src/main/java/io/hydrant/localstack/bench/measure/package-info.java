/**
 * A JVM of its own for each case, and the meters that it reads of itself: processor time, memory,
 * what its compilers and collectors took.
 */
package io.hydrant.localstack.bench.measure;
