package io.hydrant.redshift;

import java.sql.SQLException;

/** User and password, wherever they come from. */
interface WarehouseCredentials extends AutoCloseable {

    /** A user and a password; the text of it holds neither. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return "(not shown)";
        }
    }

    /** What is to be connected with. */
    Login login() throws SQLException;

    /**
     * Asks anew, where what was given last was refused.
     *
     * @return whether there is another now
     */
    boolean renew() throws SQLException;

    @Override
    void close();

    /** Those of the configuration, which never change. */
    static WarehouseCredentials of(Login login) {
        return new WarehouseCredentials() {
            @Override
            public Login login() {
                return login;
            }

            @Override
            public boolean renew() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
