package io.hydrant.lambda;

import io.hydrant.lambda.InvocationVerdict.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.model.StsException;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Every Lambda invocation error of Firehose's guide that an invocation can end with. */
class InvocationJudgeTest {

    @Test
    void anAnswerWithoutErrorIsForItsRecordsToJudge() {
        assertThat(InvocationJudge.judge(new LambdaAnswer(200, null, null, new byte[0])))
                .isEqualTo(InvocationVerdict.ANSWERED);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "429, TooManyRequestsException, FAILED, Lambda.InvokeLimitExceeded",
        "403, AccessDeniedException, FAILED, Lambda.InvokeAccessDenied",
        "403, , FAILED, Lambda.InvokeAccessDenied",
        "403, UnrecognizedClientException, FAILED, Lambda.InvalidSecurityToken",
        "403, InvalidSignatureException, FAILED, Lambda.InvalidSecurityToken",
        "403, ExpiredTokenException, FAILED, Lambda.InvalidSecurityToken",
        "404, ResourceNotFoundException, FAILED, Lambda.ResourceNotFound",
        "413, RequestTooLargeException, TOO_LARGE, Lambda.RequestTooLarge",
        "413, RequestEntityTooLargeException, TOO_LARGE, Lambda.RequestTooLarge",
        "500, ServiceException, FAILED, Lambda.InternalServerError",
        "503, ServiceUnavailableException, FAILED, Lambda.ServiceUnavailable",
        "502, InvalidSubnetIDException, FAILED, Lambda.InvalidSubnetIDException",
        "502, InvalidSecurityGroupIDException, FAILED, Lambda.InvalidSecurityGroupIDException",
        "502, SubnetIPAddressLimitReachedException, FAILED, Lambda.SubnetIPAddressLimitReachedException",
        "502, ENILimitReachedException, FAILED, Lambda.ENILimitReachedException",
        "502, InvalidZipFileException, FAILED, Lambda.InvalidZipFileException",
        "502, KMSAccessDeniedException, FAILED, Lambda.FunctionError",
        "502, KMSInvalidStateException, FAILED, Lambda.InvocationFailure",
        "502, EC2UnexpectedException, FAILED, Lambda.InvocationFailure",
        "400, InvalidParameterValueException, FAILED, Lambda.InvocationFailure",
    })
    void judgesErrorsOfTheService(int status, String type, Kind kind, String code) {
        InvocationVerdict verdict =
                InvocationJudge.judge(
                        new LambdaAnswer(status, type, null, json("{\"Message\":\"so it is\"}")));

        assertThat(verdict.kind()).isEqualTo(kind);
        assertThat(verdict.code()).isEqualTo(code);
        assertThat(verdict.message())
                .isEqualTo(
                        "Lambda answered "
                                + status
                                + (type == null ? "" : " " + type)
                                + ": so it is");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "TypeError | x is undefined | FAILED | Lambda.FunctionError",
                "Sandbox.Timedout | RequestId: 7 Error: Task timed out after 3.00 seconds | FAILED | Lambda.FunctionTimedOut",
                "'' | 2026-11-21T21:00:00Z 7 Task timed out after 3.00 seconds | FAILED | Lambda.FunctionTimedOut",
                "Function.ResponseSizeTooLarge | Response payload size exceeded | TOO_LARGE | Lambda.FunctionError",
            })
    void judgesErrorsOfTheFunction(String type, String message, Kind kind, String code) {
        InvocationVerdict verdict =
                InvocationJudge.judge(
                        new LambdaAnswer(
                                200,
                                null,
                                "Unhandled",
                                json(
                                        "{\"errorType\":\"%s\",\"errorMessage\":\"%s\"}"
                                                .formatted(type, message))));

        assertThat(verdict.kind()).isEqualTo(kind);
        assertThat(verdict.code()).isEqualTo(code);
        assertThat(verdict.message()).contains("Unhandled", type, message);
    }

    @ParameterizedTest
    @CsvSource({"''", "not json", "[]", "null", "7"})
    void bearsDescriptionsOfErrorsThatAreNone(String body) {
        assertThat(InvocationJudge.judge(new LambdaAnswer(200, null, "Unhandled", json(body))))
                .isEqualTo(
                        InvocationVerdict.failed(
                                "Lambda.FunctionError", "The function failed (Unhandled)"));
        assertThat(InvocationJudge.judge(new LambdaAnswer(500, null, null, json(body))))
                .isEqualTo(
                        InvocationVerdict.failed(
                                "Lambda.InternalServerError", "Lambda answered 500"));
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> exceptions() {
        return Stream.of(
                arguments(
                        new SocketTimeoutException("Read timed out"),
                        "Lambda.FunctionRequestTimedOut"),
                arguments(
                        new IOException(new SocketTimeoutException("Read timed out")),
                        "Lambda.FunctionRequestTimedOut"),
                arguments(
                        new SocketException("Connection reset"),
                        "Lambda.TargetServerFailedToRespond"),
                arguments(new ConnectException("refused"), "Lambda.TargetServerFailedToRespond"),
                arguments(
                        StsException.builder().statusCode(403).message("not you").build(),
                        "Lambda.AssumeRoleAccessDenied"),
                arguments(SdkClientException.create("no credentials"), "Lambda.InvocationFailure"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exceptions")
    void judgesInvocationsWithoutAnswer(Exception thrown, String code) {
        InvocationVerdict verdict = InvocationJudge.judge(thrown);

        assertThat(verdict.kind()).isEqualTo(Kind.FAILED);
        assertThat(verdict.code()).isEqualTo(code);
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void leavesOutWhereCredentialsWereLookedFor() {
        InvocationVerdict verdict =
                InvocationJudge.judge(
                        new IllegalStateException(
                                "Unable to load credentials from any of the providers in the chain Chain(credentialsProviders=[A(), B()]) : [A(): no, B(): no]"));

        assertThat(verdict.message()).endsWith("providers in the chain Chain");
    }
}
