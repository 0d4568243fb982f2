package io.hydrant.launcher.validate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class ValidateCommandTest {

    private static final String VALID =
            """
            {
              "DeliveryStreamName": "clicks",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
              },
              "ExtendedS3DestinationConfiguration": {
                "RoleARN": "arn:aws:iam::111122223333:role/delivery",
                "BucketARN": "arn:aws:s3:::lake"
              },
              "Tags": [{"Key": "team"}]
            }
            """;

    private final StringWriter out = new StringWriter();

    @TempDir Path folder;

    @Test
    void endsWithZeroWhereAllIsRight() throws Exception {
        Path file = file("good.json", VALID);

        assertThat(run(file.toString())).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        file
                                + ": valid\n"
                                + "  note: Tags: have no effect; there is no Firehose stream to tag\n"
                                + "  note: ExtendedS3DestinationConfiguration.RoleARN: is not assumed,"
                                + " since aws.credentials.provider is AUTO\n");
    }

    @Test
    void printsEveryErrorOfEveryFileAndEndsWithOne() throws Exception {
        Path good = file("good.json", VALID);
        Path bad =
                file(
                        "bad.json",
                        VALID.replace("arn:aws:s3:::lake", "lake").replace("\"clicks\"", "7"));
        Path none = folder.resolve("none.json");

        assertThat(run(bad.toString(), good.toString(), none.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        bad
                                + ": 2 problems\n"
                                + "  DeliveryStreamName: 7 is not a text\n"
                                + "  ExtendedS3DestinationConfiguration.BucketARN: \"lake\" is not allowed; arn:aws:s3:::<bucket>\n")
                .contains(good + ": valid")
                .contains(none + ": 1 problem");
    }

    @Test
    void aStreamThatIsPutToItselfIsRightBeforeTheOneBehindItIsNamed() throws Exception {
        Path file =
                file(
                        "direct.json",
                        "{\"DeliveryStreamName\": \"clicks\", \"DeliveryStreamType\": \"DirectPut\","
                                + " \"ExtendedS3DestinationConfiguration\": {\"RoleARN\": \"arn:aws:iam::111122223333:role/delivery\","
                                + " \"BucketARN\": \"arn:aws:s3:::lake\"}}");

        assertThat(run(file.toString())).isZero();
        assertThat(out.toString())
                .startsWith(file + ": valid\n  note: DeliveryStreamType: DirectPut")
                .contains("--set direct-put.stream=ARN");
    }

    @Test
    void takesValuesOverTheDocument() throws Exception {
        Path file = file("good.json", VALID);

        assertThat(run(file.toString(), "--set", "delivery.buffer.size=never")).isEqualTo(1);
        assertThat(out.toString()).contains("delivery.buffer.size: 'never' is not allowed");
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private int run(String... arguments) {
        return new CommandLine(new ValidateCommand())
                .setOut(new PrintWriter(out, true))
                .execute(arguments);
    }
}
