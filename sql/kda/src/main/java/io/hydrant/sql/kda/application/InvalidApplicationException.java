package io.hydrant.sql.kda.application;

import java.util.List;

/**
 * A document that describes no application that can run. The message lists every problem with its
 * path, its value and what would be allowed; there is no stack trace, for it would help nobody.
 */
public final class InvalidApplicationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidApplicationException(String subject, List<String> problems) {
        super(
                subject
                        + ": "
                        + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                        + "\n  "
                        + String.join("\n  ", problems),
                null,
                false,
                false);
    }
}
