package io.hydrant.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;

/**
 * Judges an invocation by what came back, in the error codes of Firehose.
 *
 * <p>Source of the codes: Firehose developer guide, "Monitor using CloudWatch Logs", Lambda
 * invocation errors; of the errors behind them: Lambda API reference, Invoke. {@code
 * Lambda.RequestTooLarge} is in no guide, since a record of Firehose is never too large for a
 * request.
 */
public final class InvocationJudge {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Errors of Lambda that keep their name. */
    private static final Set<String> SAME_NAME =
            Set.of(
                    "InvalidSubnetIDException",
                    "InvalidSecurityGroupIDException",
                    "SubnetIPAddressLimitReachedException",
                    "ENILimitReachedException",
                    "InvalidZipFileException");

    private static final Set<String> BAD_TOKENS =
            Set.of(
                    "UnrecognizedClientException",
                    "InvalidSignatureException",
                    "InvalidClientTokenId",
                    "ExpiredTokenException",
                    "IncompleteSignatureException",
                    "MissingAuthenticationTokenException");

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int INTERNAL_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    private InvocationJudge() {}

    /** Judges an answer. */
    public static InvocationVerdict judge(LambdaAnswer answer) {
        if (answer.status() == OK) {
            return answer.functionError() == null
                    ? InvocationVerdict.ANSWERED
                    : judgeFunctionError(answer);
        }
        String type = String.valueOf(answer.errorType());
        String said =
                "Lambda answered "
                        + answer.status()
                        + (answer.errorType() == null ? "" : " " + type)
                        + saidBy(answer.body());
        if (SAME_NAME.contains(type)) {
            return InvocationVerdict.failed("Lambda." + type, said);
        }
        if (BAD_TOKENS.contains(type)) {
            return InvocationVerdict.failed("Lambda.InvalidSecurityToken", said);
        }
        if (type.equals("KMSAccessDeniedException")) {
            return InvocationVerdict.failed("Lambda.FunctionError", said);
        }
        if (type.startsWith("KMS")) {
            return InvocationVerdict.failed("Lambda.InvocationFailure", said);
        }
        return switch (answer.status()) {
            case TOO_MANY_REQUESTS -> InvocationVerdict.failed("Lambda.InvokeLimitExceeded", said);
            case FORBIDDEN -> InvocationVerdict.failed("Lambda.InvokeAccessDenied", said);
            case NOT_FOUND -> InvocationVerdict.failed("Lambda.ResourceNotFound", said);
            case TOO_LARGE -> InvocationVerdict.tooLarge("Lambda.RequestTooLarge", said);
            case INTERNAL_ERROR -> InvocationVerdict.failed("Lambda.InternalServerError", said);
            case UNAVAILABLE -> InvocationVerdict.failed("Lambda.ServiceUnavailable", said);
            default -> InvocationVerdict.failed("Lambda.InvocationFailure", said);
        };
    }

    /** Judges an invocation without an answer. */
    public static InvocationVerdict judge(Exception thrown) {
        if (thrown instanceof AwsServiceException refused && refused.statusCode() == FORBIDDEN) {
            return InvocationVerdict.failed(
                    "Lambda.AssumeRoleAccessDenied",
                    "The role for the invocation could not be assumed: " + refused.getMessage());
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return InvocationVerdict.failed(
                        "Lambda.FunctionRequestTimedOut",
                        "The function did not answer within the time that an invocation may take: "
                                + cause);
            }
        }
        return InvocationVerdict.failed(
                thrown instanceof IOException
                        ? "Lambda.TargetServerFailedToRespond"
                        : "Lambda.InvocationFailure",
                "Lambda could not be called: " + withoutProviders(thrown.toString()));
    }

    /**
     * Where no credentials are found the SDK lists every place, each with a sentence of its own.
     */
    private static String withoutProviders(String message) {
        int list = message.indexOf("(credentialsProviders=");
        return list < 0 ? message : message.substring(0, list);
    }

    /** The function ran and failed; its answer says how. */
    private static InvocationVerdict judgeFunctionError(LambdaAnswer answer) {
        JsonNode error = tree(answer.body());
        String type = error.path("errorType").asText("");
        String message = error.path("errorMessage").asText("");
        String said =
                "The function failed ("
                        + answer.functionError()
                        + ")"
                        + (type.isEmpty() ? "" : " with " + type)
                        + (message.isEmpty() ? "" : ": " + message);
        if (type.equals("Function.ResponseSizeTooLarge")) {
            return InvocationVerdict.tooLarge("Lambda.FunctionError", said);
        }
        return type.equals("Sandbox.Timedout") || message.contains("Task timed out")
                ? InvocationVerdict.failed("Lambda.FunctionTimedOut", said)
                : InvocationVerdict.failed("Lambda.FunctionError", said);
    }

    private static String saidBy(byte[] body) {
        JsonNode error = tree(body);
        String message = error.path("Message").asText(error.path("message").asText(""));
        return message.isEmpty() ? "" : ": " + message;
    }

    private static JsonNode tree(byte[] body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null ? JSON.missingNode() : tree;
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
