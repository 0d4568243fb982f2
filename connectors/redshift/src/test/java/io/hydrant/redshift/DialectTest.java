package io.hydrant.redshift;

import io.hydrant.core.outcome.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.SQLException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DialectTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:redshift://db.example.com:5439/dev, REDSHIFT",
        "jdbc:postgresql://db.example.com:5432/dev?ssl=true, POSTGRESQL",
        "jdbc:postgresql://localhost/redshift.amazonaws.com, POSTGRESQL",
        "jdbc:postgresql://redshift.amazonaws.com.example.com:5432/dev, POSTGRESQL",
        "jdbc:postgresql://d.c1.eu-west-1.rds.amazonaws.com:5432/dev, POSTGRESQL",
        "jdbc:postgresql://d.c1.eu-west-1.redshift.amazonaws.com:5439/dev, REDSHIFT",
        "jdbc:postgresql://d.c1.cn-north-1.REDSHIFT.amazonaws.com.cn/dev, REDSHIFT",
        "jdbc:postgresql://w.1.us-east-1.redshift-serverless.amazonaws.com:5439/dev, REDSHIFT"
    })
    void isThatOfTheAddressAndRedshiftsHostsAreRedshift(String url, Dialect expected) {
        assertThat(Dialect.of(url)).isEqualTo(expected);
    }

    @Test
    void theAddressBecomesThatOfItsDriver() {
        assertThat(Dialect.REDSHIFT.address("jdbc:postgresql://wh.example.com:5439/dev?a=b"))
                .isEqualTo("jdbc:redshift://wh.example.com:5439/dev?a=b");
        assertThat(Dialect.POSTGRESQL.address("jdbc:postgresql://wh/dev"))
                .isEqualTo("jdbc:postgresql://wh/dev");
    }

    @Test
    void failsTheJobWhereTheServerIsRedshiftOrTooOld() throws Exception {
        PostgresDialect.requireKnown(12);
        assertThatThrownBy(() -> PostgresDialect.requireKnown(8))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(LoadFailure.of(e).outcome()).isEqualTo(Outcome.FATAL))
                .hasMessage(
                        "The server says that it is PostgreSQL 8, as Redshift does; set redshift.dialect to REDSHIFT");
        assertThatThrownBy(() -> PostgresDialect.requireKnown(11))
                .hasMessage("The server says that it is PostgreSQL 11; it must be 12 or later");
    }

    @Test
    void refusesTheAddressOfAnotherWarehouseWithoutItsSecrets() {
        assertThatThrownBy(() -> Dialect.POSTGRESQL.address("jdbc:redshift://wh/dev?password=hush"))
                .hasMessage(
                        "redshift.dialect is POSTGRESQL, and redshift.jdbc-url is 'jdbc:redshift://wh/dev'; for POSTGRESQL it must begin with jdbc:postgresql://");
    }
}
