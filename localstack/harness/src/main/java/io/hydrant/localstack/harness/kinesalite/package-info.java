/** Kinesis as others have written it, for tests: kinesalite. */
package io.hydrant.localstack.harness.kinesalite;
