package io.hydrant.redshift;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DataApiErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ERROR: relation "public.orders" does not exist | TABLE_NOT_FOUND
                    ERROR: schema "sales" does not exist | TABLE_NOT_FOUND
                    FATAL: database "dev2" does not exist | TABLE_NOT_FOUND
                    ERROR: column "at" of relation "orders" does not exist | COLUMN_MISMATCH
                    ERROR: column at does not exist in orders | COLUMN_MISMATCH
                    ERROR: permission denied for relation orders | AUTHENTICATION_FAILED
                    FATAL: password authentication failed for user "x" | AUTHENTICATION_FAILED
                    ERROR: syntax error at or near "CVS" | SYNTAX_ERROR
                    ERROR: Load into table 'orders' failed.  Check 'stl_load_errors' system table for details. | DATA_LOAD_FAILED
                    ERROR: Load into table 'orders' failed. Check 'sys_load_error_detail' system table for details. | DATA_LOAD_FAILED
                    ERROR: Spectrum Scan Error | DATA_LOAD_FAILED
                    ERROR: deadlock detected | SERIALIZATION_CONFLICT
                    ERROR: 1023 DETAIL: Serializable isolation violation on table - 1082 | SERIALIZATION_CONFLICT
                    ERROR: Query (4711) cancelled on user's request | TIMEOUT
                    ERROR: canceling statement due to statement timeout | TIMEOUT
                    ERROR: Disk Full Detail: node: 0 | DISK_FULL
                    ERROR: Divide by zero | DATA_LOAD_FAILED
                    something else | OTHER
                    """)
    void judgesByTheTextOfTheDatabase(String text, LoadFailure failure) {
        assertThat(LoadFailure.of(DataApiErrors.ofStatement(text))).isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource({
        "400, AccessDeniedException, AUTHENTICATION_FAILED, false",
        "400, ValidationException, SYNTAX_ERROR, false",
        "400, ResourceNotFoundException, CONNECTION_FAILED, false",
        "400, ActiveStatementsExceededException, CONNECTION_FAILED, true",
        "400, ExpiredTokenException, CONNECTION_FAILED, true",
        "400, ThrottlingException, CONNECTION_FAILED, true",
        "500, InternalServerException, CONNECTION_FAILED, true",
        "503, '', CONNECTION_FAILED, true"
    })
    void judgesErrorsOfTheServiceByTheirNames(
            int status, String type, LoadFailure failure, boolean mayPass) {
        assertThat(LoadFailure.of(DataApiErrors.ofCall("ExecuteStatement", status, type, "m")))
                .isEqualTo(failure);
        assertThat(DataApiErrors.mayPass(status, type)).isEqualTo(mayPass);
    }

    @Test
    void anErrorWithoutTextIsTriedAgain() {
        assertThat(LoadFailure.of(DataApiErrors.ofStatement(null))).isEqualTo(LoadFailure.OTHER);
    }
}
