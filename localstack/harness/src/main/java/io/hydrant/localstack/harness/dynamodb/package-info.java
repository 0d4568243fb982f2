/** DynamoDB with its streams, for tests: AWS' own DynamoDB Local. */
package io.hydrant.localstack.harness.dynamodb;
