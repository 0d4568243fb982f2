package io.hydrant.lambda;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FunctionArnTest {

    private static final String NEWEST = "arn:aws:lambda:eu-west-1:111122223333:function:enrich";

    @ParameterizedTest
    @ValueSource(
            strings = {
                NEWEST,
                "arn:aws:lambda:eu-west-1:111122223333:function:enrich:7",
                "arn:aws:lambda:eu-west-1:111122223333:function:enrich:live",
                "arn:aws:lambda:eu-west-1:111122223333:function:enrich:$LATEST",
                "arn:aws-cn:lambda:cn-north-1:111122223333:function:enrich_2-b"
            })
    void readsFunctionsVersionsAndAliases(String arn) {
        assertThat(FunctionArn.parse(arn)).hasToString(arn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "enrich",
                "arn:aws:lambda:eu-west-1:1111:function:enrich",
                "arn:aws:lambda:eu-west-1:111122223333:layer:enrich",
                "arn:aws:lambda:eu-west-1:111122223333:function:enrich:",
                "arn:aws:lambda:eu-west-1:111122223333:function:enrich:a:b"
            })
    void refusesWhatIsNone(String arn) {
        assertThatThrownBy(() -> FunctionArn.parse(arn))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + arn + "' is no ARN of a Lambda function;");
    }

    @Test
    void isCalledByItsArnAtAwsAndByItsNameAtAnEmulator() {
        FunctionArn live = FunctionArn.parse(NEWEST + ":live");

        assertThat(HttpLambdaApi.nameAt(URI.create("https://lambda.eu-west-1.amazonaws.com"), live))
                .isEqualTo(NEWEST);
        assertThat(HttpLambdaApi.nameAt(URI.create("http://localhost:3002"), live))
                .isEqualTo("enrich");
    }
}
