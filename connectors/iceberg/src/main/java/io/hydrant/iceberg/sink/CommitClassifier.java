package io.hydrant.iceberg.sink;

import io.hydrant.core.outcome.Outcome;

import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.exceptions.UnprocessableEntityException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.jdbc.UncheckedInterruptedException;
import org.apache.iceberg.jdbc.UncheckedSQLException;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Judges why a commit failed. What may have gone through all the same is repeated like the rest:
 * before each attempt the table is asked whether it holds the commit.
 */
final class CommitClassifier {

    private CommitClassifier() {}

    /** RETRY where it may work later, else FATAL. */
    static Outcome judge(Exception failure) {
        if (failure instanceof NoSuchTableException
                || failure instanceof NoSuchNamespaceException
                || failure instanceof NotAuthorizedException
                || failure instanceof ForbiddenException
                || failure instanceof BadRequestException
                || failure instanceof UnprocessableEntityException
                || failure instanceof NotFoundException
                || failure instanceof AlreadyExistsException
                || failure instanceof UncheckedInterruptedException) {
            return Outcome.FATAL;
        }
        boolean mayWorkLater =
                failure instanceof CommitFailedException
                        || failure instanceof CommitStateUnknownException
                        || failure instanceof ServiceFailureException
                        || failure instanceof ServiceUnavailableException
                        || failure instanceof RESTException
                        || failure instanceof RuntimeIOException
                        || failure instanceof UncheckedIOException
                        || failure instanceof UncheckedSQLException
                        || failure instanceof IOException
                        // Another attempt of ours was faster; the next look at the table tells.
                        || failure instanceof ValidationException;
        return mayWorkLater || isOfAws(failure) ? Outcome.RETRY : Outcome.FATAL;
    }

    /** Files on S3 and the catalog Glue fail with errors of an SDK that is not ours. */
    private static boolean isOfAws(Exception failure) {
        return failure.getClass().getName().contains("awssdk");
    }
}
