package io.hydrant.jobs.ingest.convert;

import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against a double of the instance metadata service, which takes requests with a token alone. */
class AddEc2MetadataTest {

    private static final String TAGS = "/latest/meta-data/tags/instance/";
    private static final String DOCUMENT = FakeMetadataService.DOCUMENT;
    private static final String FIELDS =
            "\"privateIp\":\"10.0.0.7\",\"availabilityZone\":\"eu-west-1a\",\"instanceId\":\"i-1\","
                    + "\"instanceType\":\"m7g.large\",\"accountId\":\"111122223333\","
                    + "\"amiId\":\"ami-9\",\"region\":\"eu-west-1\","
                    + "\"metadataTimestamp\":\"2026-11-23T00:00:00+0000\"";

    private FakeMetadataService service;
    private Map<String, String> pages;
    private Instant now = Instant.parse("2026-11-23T00:00:00Z");

    @BeforeEach
    void start() throws IOException {
        service = FakeMetadataService.start();
        pages = service.pages();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void addsWhatEc2SaysBehindTheFieldsOfARecordOrInTheirPlace() throws Exception {
        AddEc2Metadata added = opened(3600);

        assertThat(added.convert("{\"a\": 1, \"b\": {\"c\": [null]}}"))
                .isEqualTo("{\"a\":1,\"b\":{\"c\":[null]}," + FIELDS + "}");
        assertThat(added.convert("{\"region\":\"mine\"}"))
                .startsWith("{\"region\":\"eu-west-1\",\"privateIp\"");
    }

    @Test
    void addsTagsWhereTheInstanceShowsThem() throws Exception {
        pages.put(TAGS, "Name\nTeam Of");
        pages.put(TAGS + "Name", "web 1");
        pages.put(TAGS + "Team Of", "orders");

        assertThat(opened(3600).convert("{}"))
                .isEqualTo("{" + FIELDS + ",\"tags\":{\"name\":\"web 1\",\"team of\":\"orders\"}}");
    }

    @Test
    void asksAgainWhenWhatItKnowsIsOldAndKeepsItWhereNobodyAnswers() throws Exception {
        AddEc2Metadata added = opened(60);
        pages.put(DOCUMENT, "{\"instanceId\":\"i-2\"}");
        now = now.plusSeconds(59);
        assertThat(added.convert("{}")).contains("\"instanceId\":\"i-1\"");
        now = now.plusSeconds(1);
        assertThat(added.convert("{}"))
                .contains("\"instanceId\":\"i-2\"", "\"privateIp\":null", "00:01:00+0000");

        pages.remove(DOCUMENT);
        now = now.plusSeconds(60);
        assertThat(added.convert("{}")).contains("\"instanceId\":\"i-2\"", "00:01:00+0000");
        pages.put(DOCUMENT, "{\"instanceId\":\"i-3\"}");
        assertThat(added.convert("{}")).as("not for each record").contains("\"i-2\"");
        now = now.plusSeconds(60);
        assertThat(added.convert("{}")).contains("\"instanceId\":\"i-3\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "[1]", "5", "null", "", "{} x"})
    void aRecordThatIsNoObjectIsNotConverted(String record) {
        AddEc2Metadata added = opened(3600);

        assertThatThrownBy(() -> added.convert(record))
                .isInstanceOf(ConversionException.class)
                .hasMessage("It is no JSON object");
    }

    @Test
    void doesNotStartWhereThereIsNoMetadataAndSaysWhatToDo() {
        pages.remove(DOCUMENT);
        assertThatThrownBy(() -> opened(3600))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("ADDEC2METADATA")
                .hasMessageContaining(DOCUMENT + " answers with status 404")
                .hasMessageContaining("ADDMETADATA");

        pages.put(DOCUMENT, "<html>");
        assertThatThrownBy(() -> opened(3600)).hasMessageContaining("no JSON");

        service.stop();
        assertThatThrownBy(() -> opened(3600))
                .hasMessageContaining("No metadata service answers at http://127.0.0.1:")
                .hasMessageContaining("a hop limit of 2");
    }

    @Test
    void travelsToTheTaskAndAsksThere() throws Exception {
        AddEc2Metadata sent =
                new AddEc2Metadata(Duration.ofHours(1), JsonLayout.COMPACT, new Imds());

        AddEc2Metadata there = InstantiationUtil.clone(sent);
        there.open(() -> now);

        assertThat(there.convert("{}")).isEqualTo("{" + FIELDS + "}");
    }

    private AddEc2Metadata opened(int seconds) {
        AddEc2Metadata added =
                new AddEc2Metadata(Duration.ofSeconds(seconds), JsonLayout.COMPACT, new Imds());
        added.open(() -> now);
        return added;
    }
}
