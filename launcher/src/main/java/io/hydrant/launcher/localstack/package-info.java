/** The commands that start and end a LocalStack for a developer. */
package io.hydrant.launcher.localstack;
