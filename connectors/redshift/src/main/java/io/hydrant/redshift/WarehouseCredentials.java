package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;

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

    /**
     * Those that a configuration asks for.
     *
     * @param services how Secrets Manager, or Redshift's own service, is reached
     */
    static WarehouseCredentials of(WarehouseAccess access, AwsClientConfig services) {
        if (access.isByIam()) {
            return IamCredentials.of(access, services);
        }
        return access.secretArn() == null
                ? of(new Login(access.user(), access.password()))
                : new SecretCredentials(access.secretArn(), services);
    }

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
