/**
 * The real things that tests and the demo need and that no library brings: LocalStack, a Flink
 * home, real data. Depends on no other module of Hydrant.
 */
package io.hydrant.localstack.harness;
