package io.hydrant.localstack.harness.junit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test class that talks to LocalStack.
 *
 * <p>Constructors, test methods and life-cycle methods may have parameters of the types {@link
 * io.hydrant.localstack.harness.LocalStack}, {@link
 * software.amazon.awssdk.services.kinesis.KinesisClient}, {@link
 * software.amazon.awssdk.services.s3.S3Client}, {@link
 * software.amazon.awssdk.services.sts.StsClient} and {@link UniqueNames}. The first such class of a
 * build starts LocalStack; it ends with the build. Names and what was made under them live as long
 * as the test method that asked for them, or as the class when it asked in its constructor or in a
 * {@code @BeforeAll} method.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("localstack")
@ExtendWith(LocalStackExtension.class)
public @interface LocalStackTest {}
