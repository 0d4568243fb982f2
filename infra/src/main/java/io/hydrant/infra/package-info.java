/** What stands around the jobs on AWS, as stacks of the AWS CDK. */
package io.hydrant.infra;
