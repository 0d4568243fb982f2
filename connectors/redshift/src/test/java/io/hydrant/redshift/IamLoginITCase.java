package io.hydrant.redshift;

import io.hydrant.localstack.fakes.redshift.FakeDataApi;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A warehouse that is entered over JDBC with temporary credentials. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamLoginITCase {

    private WarehouseRig rig;

    @BeforeAll
    void start() throws IOException {
        // Its Data API gives the credentials, too.
        rig = new WarehouseRig(Dialect.REDSHIFT, AccessPath.DATA_API);
    }

    @AfterAll
    void stop() throws IOException {
        rig.close();
    }

    @Test
    void entersAClusterAndAWorkgroup() throws Exception {
        for (Map<String, String> options :
                List.of(
                        Map.of("redshift.cluster-identifier", FakeDataApi.CLUSTER),
                        Map.of(
                                "redshift.cluster-identifier",
                                FakeDataApi.CLUSTER,
                                "redshift.user",
                                "loader"),
                        Map.of("redshift.workgroup", FakeDataApi.WORKGROUP))) {
            try (Warehouse warehouse = warehouse(options)) {
                warehouse.connect().close();
            }
        }
    }

    @Test
    void asksOnceForManyConnectionsUntilTheyAreRefused() throws Exception {
        try (Warehouse warehouse = warehouse(Map.of("redshift.workgroup", FakeDataApi.WORKGROUP))) {
            rig.dataApi().log().clear();
            warehouse.connect().close();
            warehouse.connect().close();
            assertThat(rig.dataApi().log().count("GetCredentials")).isEqualTo(1);

            rig.dataApi().endLogins();
            warehouse.connect().close();
            assertThat(rig.dataApi().log().count("GetCredentials")).isEqualTo(2);
        }
    }

    @Test
    void asksForEachConnectionWhereTheyDoNotLast() throws Exception {
        rig.dataApi().loginsLast(Duration.ofSeconds(1));
        try (Warehouse warehouse =
                warehouse(Map.of("redshift.cluster-identifier", FakeDataApi.CLUSTER))) {
            rig.dataApi().log().clear();
            warehouse.connect().close();
            warehouse.connect().close();
            assertThat(rig.dataApi().log().total()).isEqualTo(2);
        } finally {
            rig.dataApi().loginsLast(null);
        }
    }

    private Warehouse warehouse(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("redshift.access", "JDBC");
        all.put("redshift.iam-authentication", "true");
        all.putIfAbsent("redshift.workgroup", null);
        RedshiftConfig config = rig.config("orders", all);
        // Nothing is staged here.
        return new Warehouse(config, new RedshiftDialect(config, null), rig.services());
    }
}
