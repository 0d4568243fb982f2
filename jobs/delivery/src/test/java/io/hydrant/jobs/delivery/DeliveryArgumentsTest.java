package io.hydrant.jobs.delivery;

import io.hydrant.jobs.delivery.document.Problems;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryArgumentsTest {

    private final Problems problems = new Problems();

    @Test
    void readsBothWaysToWriteAnArgument() {
        DeliveryArguments arguments =
                parse("--config=a.json", "--set", "parallelism=2", "--set=A.B=c=d", "--dry-run");

        assertThat(problems.all()).isEmpty();
        assertThat(arguments)
                .isEqualTo(
                        new DeliveryArguments(
                                List.of("a.json"),
                                List.of(
                                        new Assignment("parallelism", "2", "--set"),
                                        new Assignment("A.B", "c=d", "--set")),
                                true,
                                false));
        assertThat(arguments.assignments())
                .extracting(Assignment::isForDocument)
                .containsExactly(false, true);
    }

    @Test
    void takesAnOptionByItsPlaceInTheDocument() {
        assertThat(parse("--set", "Hydrant.aws.endpoint=http://h").assignments())
                .containsExactly(new Assignment("aws.endpoint", "http://h", "--set"));
    }

    @Test
    void aRangeOfTheStreamIsARunWithAnEnd() {
        assertThat(parse("--from", "2026-01-27T00:00:00Z", "--to=2026-01-27T01:00:00.5+01:00"))
                .extracting(DeliveryArguments::assignments)
                .isEqualTo(
                        List.of(
                                new Assignment("source.init.position", "AT_TIMESTAMP", "--from"),
                                new Assignment("source.init.timestamp", "1769472000.000", "--from"),
                                new Assignment("source.end.position", "AT_TIMESTAMP", "--to"),
                                new Assignment("source.end.timestamp", "1769472000.500", "--to")));
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void aRangeEndsNowUnlessItIsTold() {
        List<Assignment> untilNow =
                List.of(
                        new Assignment("source.init.position", "TRIM_HORIZON", "--from"),
                        new Assignment("source.end.position", "NOW", "--from"));
        assertThat(parse("--from", "TRIM_HORIZON").assignments()).isEqualTo(untilNow);
        assertThat(parse("--from", "TRIM_HORIZON", "--to", "NOW").assignments())
                .hasSize(2)
                .extracting(Assignment::value)
                .containsExactly("TRIM_HORIZON", "NOW");
    }

    @Test
    void aReplayEndsWhereTheLiveDeliveryBeganAndHasAnId() {
        assertThat(
                        parse("--from", "TRIM_HORIZON", "--to", "LIVE", "--replay-id", "a")
                                .assignments())
                .containsExactly(
                        new Assignment("replay.id", "a", "--replay-id"),
                        new Assignment("source.init.position", "TRIM_HORIZON", "--from"),
                        new Assignment("source.end.position", "NOW", "--to"),
                        new Assignment("replay.to-live", "true", "--to"));
    }

    @Test
    void anArchiveIsAPlaceInS3() {
        assertThat(parse("--from", "s3://lake/raw/").assignments())
                .containsExactly(new Assignment("archive.location", "s3://lake/raw/", "--from"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--to,NOW                 | --to: goes with --from only",
                "--from,LATEST            | --from: 'LATEST' is not allowed; TRIM_HORIZON, a time such as",
                "--from,2026-01-27        | --from: '2026-01-27' is not allowed",
                "--from,TRIM_HORIZON,--to,soon | --to: 'soon' is not allowed; NOW, LIVE, or a time",
                "--from,s3://a/b,--to,NOW | --to: does not go with an archive",
                "--from,s3://a/b,--to,LIVE | --to: does not go with an archive",
                "--replay-id,a            | --replay-id: goes with --from only",
                "--from,TRIM_HORIZON,--from,TRIM_HORIZON | --from: is given twice",
            })
    void saysWhatIsWrongWithARange(String arguments, String problem) {
        parse(arguments.split(","));

        assertThat(problems.all()).anySatisfy(each -> assertThat(each).startsWith(problem));
    }

    @Test
    void takesADocumentForEachDelivery() {
        assertThat(parse("--config", "a.json", "--config=b.json").configs())
                .containsExactly("a.json", "b.json");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void setsAnEmptyValue() {
        assertThat(parse("--set", "A.Prefix=").assignments())
                .containsExactly(new Assignment("A.Prefix", "", "--set"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --config                  | --config: has no value; give a file or s3://bucket/key
                    --set                     | --set: has no value; give KEY=VALUE
                    --set,parallelism         | --set: 'parallelism' is not KEY=VALUE
                    --set,=2                  | --set: has no key before the '='
                    --dry-run=false           | --dry-run: takes no value; leave it out to have it off
                    --confg,x.json            | --confg: is not an argument; did you mean '--config'?
                    stream.json               | stream.json: is not an argument
                    --config,a,--config,a     | --config: 'a' is given twice
                    """)
    void saysWhatIsWrong(String args, String problem) {
        DeliveryArguments.parse(List.of(args.split(",", -1)), problems);

        assertThat(problems.all()).contains(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--set,aws.credentials.basic.secretkey:hush",
                "--set,aws.credentials.basic.secretkey hush",
                "--aws.credentials.basic.secretkey=hush"
            })
    void repeatsNoValueOfAMalformedArgument(String args) {
        DeliveryArguments.parse(List.of(args.split(",", -1)), problems);

        assertThat(problems.all())
                .singleElement()
                .asString()
                .contains("aws.credentials.basic.secretkey")
                .doesNotContain("hush");
    }

    @Test
    void readsAPropertyGroupAsACommandLine() {
        String group = "property group HydrantDelivery";

        DeliveryArguments arguments =
                DeliveryArguments.ofPropertyGroup(
                        new TreeMap<>(
                                Map.of(
                                        "config", "s3://b/stream.json; s3://b/other.json",
                                        "DeliveryStreamName", "n",
                                        "parallelism", "4")));

        assertThat(arguments)
                .isEqualTo(
                        new DeliveryArguments(
                                List.of("s3://b/stream.json", "s3://b/other.json"),
                                List.of(
                                        new Assignment("DeliveryStreamName", "n", group),
                                        new Assignment("parallelism", "4", group)),
                                false,
                                false));
    }

    private DeliveryArguments parse(String... args) {
        return DeliveryArguments.parse(List.of(args), problems);
    }
}
