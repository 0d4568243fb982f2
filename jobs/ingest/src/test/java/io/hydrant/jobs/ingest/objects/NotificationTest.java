package io.hydrant.jobs.ingest.objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NotificationTest {

    private static final String S3 =
            """
            {"Records": [{
              "eventVersion": "2.1", "eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
              "s3": {"bucket": {"name": "logs"},
                     "object": {"key": "a+b/%C3%BC.gz", "size": 7, "eTag": "e1", "versionId": "v1",
                                "sequencer": "0055"}}
            }]}
            """;

    private static final String EVENT_BRIDGE =
            """
            {"version": "0", "detail-type": "Object Created", "source": "aws.s3",
             "detail": {"bucket": {"name": "logs"},
                        "object": {"key": "a b/ü.gz", "size": 7, "etag": "e1", "version-id": "v1",
                                   "sequencer": "0055"}}}
            """;

    static Stream<String> messages() {
        return Stream.of(S3, EVENT_BRIDGE, inSns(S3), inSns(EVENT_BRIDGE));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void anObjectIsTheSameWhoeverTellsOfIt(String message) throws BadMessageException {
        assertThat(Notification.read(message))
                .containsExactly(new ArrivedObject("logs", "a b/ü.gz", "v1", "e1", "0055"));
    }

    @Test
    void takesAllObjectsOfAMessageAndWhatTheEventHasNot() throws BadMessageException {
        String message =
                """
                {"Records": [
                  {"eventSource": "aws:s3", "eventName": "ObjectCreated:Copy",
                   "s3": {"bucket": {"name": "b"}, "object": {"key": "one"}}},
                  {"eventSource": "aws:s3", "eventName": "ObjectRemoved:Delete",
                   "s3": {"bucket": {"name": "b"}, "object": {"key": "gone"}}},
                  {"eventSource": "aws:s3", "eventName": "ObjectCreated:CompleteMultipartUpload",
                   "s3": {"bucket": {"name": "b"}, "object": {"key": "two"}}}
                ]}
                """;

        assertThat(Notification.read(message))
                .containsExactly(
                        new ArrivedObject("b", "one", "", "", ""),
                        new ArrivedObject("b", "two", "", "", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Service\": \"Amazon S3\", \"Event\": \"s3:TestEvent\", \"Bucket\": \"b\"}",
                "{\"source\": \"aws.s3\", \"detail-type\": \"Object Deleted\", \"detail\": {}}",
                "{\"Records\": []}"
            })
    void whatSaysSomethingElseOfABucketNamesNoObject(String message) throws BadMessageException {
        assertThat(Notification.read(message)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hello                                                       | it is no JSON object",
                "[1]                                                         | it is no JSON object",
                "{}                                                          | it is no event of S3",
                "{\"Type\": \"Notification\", \"Message\": \"hello\"}         | it is no JSON object",
                "{\"Records\": [{\"eventSource\": \"aws:kinesis\"}]}          | it is an event of 'aws:kinesis', not of aws:s3",
                "{\"source\": \"aws.ec2\", \"detail\": {}}                   | it is an event of 'aws.ec2', not of aws.s3",
                "{\"Records\": [{\"eventSource\": \"aws:s3\", \"eventName\": \"ObjectCreated:Put\"}]} | it has no 'name'",
                "{\"Records\": [{\"eventSource\": \"aws:s3\", \"eventName\": \"ObjectCreated:Put\", \"s3\": {\"bucket\": {\"name\": \"b\"}, \"object\": {\"key\": \"%zz\"}}}]} | its key has a % that begins no escape"
            })
    void saysWhyAMessageIsBad(String message, String problem) {
        assertThatThrownBy(() -> Notification.read(message))
                .isInstanceOf(BadMessageException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void anArrivalIsKnownByWhatItIsAndNotByItsKeyAlone() {
        ArrivedObject object = new ArrivedObject("b", "k", "v", "e", "s");

        assertThat(object.id()).matches("[A-Za-z0-9_-]{22}");
        assertThat(
                        List.of(
                                object.id(),
                                new ArrivedObject("c", "k", "v", "e", "s").id(),
                                new ArrivedObject("b", "l", "v", "e", "s").id(),
                                new ArrivedObject("b", "k", "w", "e", "s").id(),
                                new ArrivedObject("b", "k", "v", "f", "s").id(),
                                new ArrivedObject("b", "k", "v", "e", "t").id()))
                .doesNotHaveDuplicates();
        assertThat(object).hasToString("s3://b/k?versionId=v");
    }

    private static String inSns(String message) {
        return "{\"Type\": \"Notification\", \"TopicArn\": \"arn:aws:sns:x:y:z\", \"Message\": \""
                + message.replace("\"", "\\\"").replace("\n", "\\n")
                + "\"}";
    }
}
