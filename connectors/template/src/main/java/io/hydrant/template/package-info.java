/**
 * Templates of CloudFormation: YAML as JSON, and what a template says of its values.
 *
 * <p>Which resource is meant, and what its properties are, the rooms say that read one.
 */
package io.hydrant.template;
