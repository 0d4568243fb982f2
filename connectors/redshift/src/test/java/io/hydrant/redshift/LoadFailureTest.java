package io.hydrant.redshift;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.SQLException;

import static org.assertj.core.api.Assertions.assertThat;

class LoadFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            textBlock =
                    """
                    08006 ! An I/O error occurred while sending to the backend. ! CONNECTION_FAILED
                    57P01 ! terminating connection due to administrator command ! CONNECTION_FAILED
                    XX000 ! ERROR: 1023 Detail: Serializable isolation violation on table - 1082 ! SERIALIZATION_CONFLICT
                    40001 ! could not serialize access ! SERIALIZATION_CONFLICT
                    40P01 ! deadlock detected ! SERIALIZATION_CONFLICT
                    57014 ! Query (17) cancelled on user's request ! TIMEOUT
                    XX000 ! Disk Full ! DISK_FULL
                    XX000 ! ERROR: Spectrum Scan Error ! DATA_LOAD_FAILED
                    0A000 ! ERROR: MAXERROR argument is not supported for PARQUET based COPY ! SYNTAX_ERROR
                    53100 ! could not extend file ! DISK_FULL
                    XX000 ! Load into table 't' failed.  Check 'stl_load_errors' system table for details. ! DATA_LOAD_FAILED
                    XX000 ! Load into table 't' failed. Check 'sys_load_error_detail' system table ! DATA_LOAD_FAILED
                    28000 ! password authentication failed for user "u" ! AUTHENTICATION_FAILED
                    42501 ! permission denied for relation t ! AUTHENTICATION_FAILED
                    42P01 ! relation "t" does not exist ! TABLE_NOT_FOUND
                    42P01 ! relation "load_errors_1023" does not exist ! TABLE_NOT_FOUND
                    XX000 ! ERROR: 1023 ! SERIALIZATION_CONFLICT
                    XX000 ! Cannot open file 1023 ! OTHER
                    42703 ! column "c" of relation "t" does not exist ! COLUMN_MISMATCH
                    42601 ! syntax error at or near "x" ! SYNTAX_ERROR
                    22P02 ! invalid input syntax for type integer ! DATA_LOAD_FAILED
                    23503 ! violates foreign key constraint ! DATA_LOAD_FAILED
                    0A000 ! The server says that it is PostgreSQL 8 ! SYNTAX_ERROR
                    XX000 ! S3ServiceException: Access Denied, Status 403 ! OTHER
                    `` ! `` ! OTHER
                    """)
    void judgesByStateAndByWhatRedshiftSays(String state, String message, LoadFailure expected) {
        assertThat(LoadFailure.of(new SQLException(message, state))).isEqualTo(expected);
    }

    @Test
    void saysWhichWarehouseFailed() {
        assertThat(LoadFailure.DISK_FULL.code(Dialect.REDSHIFT)).isEqualTo("Redshift.DiskFull");
        assertThat(LoadFailure.DISK_FULL.code(Dialect.POSTGRESQL)).isEqualTo("PostgreSQL.DiskFull");
    }
}
