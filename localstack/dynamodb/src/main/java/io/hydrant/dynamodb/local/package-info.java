/** DynamoDB Local as a process that tests can order about. */
package io.hydrant.dynamodb.local;
