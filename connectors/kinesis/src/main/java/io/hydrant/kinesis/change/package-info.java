/**
 * Records of changes of DynamoDB items as rows of a changelog: the format {@code
 * dynamodb-stream-json}.
 */
package io.hydrant.kinesis.change;
