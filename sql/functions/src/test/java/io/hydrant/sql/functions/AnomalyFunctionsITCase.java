package io.hydrant.sql.functions;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;

import static io.hydrant.sql.functions.EventTables.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The functions over points as SQL calls them. */
class AnomalyFunctionsITCase {

    private final EventTables tables = new EventTables();

    @Test
    void theForestExplainsABloodPressureThatIsTooHigh() throws Exception {
        givePressures(300);

        List<String> rows =
                tables.rows(
                        """
                        SELECT `Systolic`, `Level`, ANOMALY_SCORE > 0, ANOMALY_SCORE > 2, ANOMALY_EXPLANATION
                        FROM RANDOM_CUT_FOREST_WITH_EXPLANATION(
                          input => TABLE pressures, withDirectionality => TRUE)
                        """);

        assertThat(rows).hasSize(300);
        assertThat(rows.subList(0, 256))
                .allMatch(row -> row.contains(", false, false, "))
                .allMatch(row -> row.contains("\"STRENGTH\":\"0.0000\""));
        assertThat(rows.subList(256, 299)).allMatch(row -> row.contains(", true, false, "));
        assertThat(rows.get(299))
                .startsWith("+I[144, HIGH, true, true, {\"Systolic\":{\"DIRECTION\":\"HIGH\",")
                .contains("\"Diastolic\":{\"DIRECTION\":\"HIGH\",");
    }

    @Test
    void everyKeyHasAForestOfItsOwnAndARowWithoutNumbersNoScore() throws Exception {
        Row[] rows = new Row[41];
        for (int i = 0; i < 40; i++) {
            rows[i] = Row.of(time(i), "k" + i % 2, (double) i);
        }
        rows[40] = Row.of(time(40), "k0", null);
        tables.give(
                "points",
                new String[] {"k", "x"},
                new TypeInformation<?>[] {Types.STRING, Types.DOUBLE},
                rows);

        List<String> scores =
                tables.rows(
                        """
                        SELECT k, ANOMALY_SCORE > 0 FROM RANDOM_CUT_FOREST(
                          input => TABLE points PARTITION BY k, numberOfTrees => 5,
                          subSampleSize => 10, seed => 7)
                        """);

        assertThat(scores).filteredOn(row -> row.contains("false")).hasSize(20);
        assertThat(scores).filteredOn(row -> row.equals("+I[k1, true]")).hasSize(10);
        assertThat(scores).last().isEqualTo("+I[k0, null]");
    }

    @Test
    void hotspotsAreJsonOfTheNewestRows() throws Exception {
        Row[] rows = new Row[103];
        for (int i = 0; i < 100; i++) {
            rows[i] = Row.of(time(i), "far", i * 10.0);
        }
        // Each of them drives one of the others out of the window.
        for (int i = 0; i < 3; i++) {
            rows[100 + i] = Row.of(time(100 + i), "near", 5000.0 + i);
        }
        tables.give(
                "points",
                new String[] {"kind", "x"},
                new TypeInformation<?>[] {Types.STRING, Types.DOUBLE},
                rows);

        assertThat(
                        tables.rows(
                                """
                                SELECT kind, HOTSPOTS_RESULT FROM HOTSPOTS(
                                  input => TABLE points, windowSize => 100, scanRadius => 2.5,
                                  minimumNumberOfPointsInAHotspot => 2)
                                """))
                .hasSize(103)
                .endsWith(
                        "+I[far, {\"hotspots\":[]}]",
                        "+I[near, {\"hotspots\":[]}]",
                        "+I[near, {\"hotspots\":[{\"density\":2.0,\"minValues\":[5000.0],\"maxValues\":[5001.0]}]}]",
                        "+I[near, {\"hotspots\":[{\"density\":1.5,\"minValues\":[5000.0],\"maxValues\":[5002.0]}]}]");
    }

    @Test
    void refusesArgumentsOutOfTheirBounds() {
        givePressures(1);

        assertRefused(
                "RANDOM_CUT_FOREST(TABLE pressures, 0)",
                "numberOfTrees of RANDOM_CUT_FOREST must be from 1 to 1000, but is 0");
        assertRefused(
                "RANDOM_CUT_FOREST(input => TABLE pressures, subSampleSize => 256, timeDecay => 256)",
                "subSampleSize of RANDOM_CUT_FOREST must be less than timeDecay, but they are 256 and 256");
        assertRefused(
                "RANDOM_CUT_FOREST(input => TABLE pressures, shingleSize => 31)",
                "shingleSize of RANDOM_CUT_FOREST must be from 1 to 30, but is 31");
        assertRefused("RANDOM_CUT_FOREST(input => TABLE texts)", "takes 1 to 30 numeric columns");
        assertRefused(
                "RANDOM_CUT_FOREST(input => TABLE decimals)",
                "takes no DECIMAL, which column 'd' is. Cast it to DOUBLE.");
        assertRefused(
                "HOTSPOTS(TABLE pressures, 99, 0.2, 2)",
                "windowSize of HOTSPOTS must be from 100 to 1000, but is 99");
        assertRefused(
                "HOTSPOTS(TABLE pressures, 100, 0.0, 2)", "scanRadius of HOTSPOTS must be greater");
        assertRefused(
                "HOTSPOTS(TABLE pressures, 100, 0.2, 101)",
                "minimumNumberOfPointsInAHotspot of HOTSPOTS must be from 2 to 100, but is 101");
    }

    private void assertRefused(String call, String message) {
        assertThatThrownBy(() -> tables.rows("SELECT * FROM " + call))
                .hasStackTraceContaining(message);
    }

    private void givePressures(int count) {
        Random random = new Random(3);
        Row[] rows = new Row[count];
        for (int i = 0; i < count - 1; i++) {
            rows[i] = Row.of(time(i), 100 + random.nextInt(20), 60 + random.nextInt(20), "NORMAL");
        }
        rows[count - 1] = Row.of(time(count), 144, 123, "HIGH");
        tables.give(
                "pressures",
                new String[] {"Systolic", "Diastolic", "Level"},
                new TypeInformation<?>[] {Types.INT, Types.INT, Types.STRING},
                rows);
        tables.environment()
                .executeSql("CREATE TEMPORARY VIEW texts AS SELECT `Level` FROM pressures");
        tables.environment()
                .executeSql(
                        "CREATE TEMPORARY VIEW decimals AS SELECT CAST(`Systolic` AS DECIMAL(5, 1)) AS d FROM pressures");
    }

    private static LocalDateTime time(int second) {
        return at("10:00:00").plusSeconds(second);
    }
}
