package io.hydrant.redshift;

import io.hydrant.localstack.fakes.redshift.FakeRedshift;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A warehouse that is entered with a secret. */
class SecretLoginITCase {

    @Test
    void goesOnWithTheNewPasswordBehindARotation() throws Exception {
        try (WarehouseRig rig = new WarehouseRig();
                ScriptedService secrets = new ScriptedService();
                Warehouse warehouse = warehouse(rig, secrets)) {
            secrets.thenSecret(secret("the-old-one")).thenSecret(secret(FakeRedshift.PASSWORD));

            warehouse.connect().close();
            warehouse.connect().close();

            assertThat(secrets.asked()).hasSize(2);
        }
    }

    @Test
    void givesUpWhereTheSecretIsNoOtherThanWhatWasRefused() throws Exception {
        try (WarehouseRig rig = new WarehouseRig();
                ScriptedService secrets = new ScriptedService();
                Warehouse warehouse = warehouse(rig, secrets)) {
            secrets.thenSecret(secret("geheim"));

            assertThatThrownBy(warehouse::connect)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e ->
                                    assertThat(LoadFailure.of(e))
                                            .isEqualTo(LoadFailure.AUTHENTICATION_FAILED))
                    .message()
                    .doesNotContain("geheim");
            assertThat(secrets.asked()).hasSize(2);
        }
    }

    private static Warehouse warehouse(WarehouseRig rig, ScriptedService secrets) {
        RedshiftConfig config = config(rig);
        // Nothing is staged here.
        return new Warehouse(config, new RedshiftDialect(config, null), secrets.aws());
    }

    private static String secret(String password) {
        return "{\"username\":\"" + FakeRedshift.USER + "\",\"password\":\"" + password + "\"}";
    }

    private static RedshiftConfig config(WarehouseRig rig) {
        Map<String, String> options = new HashMap<>();
        options.put("s3.bucket", WarehouseRig.BUCKET);
        options.put("delivery.stream.name", "orders");
        options.put("redshift.jdbc-url", rig.jdbcUrl());
        options.put("redshift.secret-arn", "wh");
        options.put("redshift.table", "orders");
        return RedshiftConfig.from(Configuration.fromMap(options));
    }
}
