package io.hydrant.localstack.fakes.redshift;

import io.hydrant.localstack.fakes.http.FakeServer;
import io.hydrant.localstack.fakes.http.Faults;
import io.hydrant.localstack.fakes.http.RequestLog;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * A strict double of the Redshift Data API and of the calls that give temporary credentials, before
 * a {@link FakeRedshift}: what is sent here is carried out there, so that its faults strike here,
 * too.
 *
 * <p>It has the service's rules that matter to a caller: a batch is one transaction, of 40
 * statements of 100 KB at the most; a statement is carried out beside the call that asked for it
 * and asked after; a call with a token that was seen before asks for nothing new; results come in
 * pages; parameters that it does not know, or that do not go together, are refused. Where the
 * connection behind it is lost a statement has FAILED, whatever the database did. Temporary
 * credentials are let in by the cluster until they are taken back. It checks that there is a
 * signature, not the signature. Source: Redshift Data API reference; Redshift API reference,
 * GetClusterCredentials, GetClusterCredentialsWithIAM; Redshift Serverless API reference,
 * GetCredentials.
 */
public final class FakeDataApi implements AutoCloseable {

    /** Identifier of the one cluster. */
    public static final String CLUSTER = "warehouse";

    /** Name of the one workgroup, which is the same database. */
    public static final String WORKGROUP = "analytics";

    /** The one secret whose user may log in. */
    public static final String SECRET_ARN =
            "arn:aws:secretsmanager:us-east-1:111122223333:secret:wh-AbCdEf";

    private final StatementRuns runs;
    private final TemporaryLogins logins;
    private final FakeServer server;

    private FakeDataApi(StatementRuns runs, TemporaryLogins logins, FakeServer server) {
        this.runs = runs;
        this.logins = logins;
        this.server = server;
    }

    /** Starts on a free port, before a cluster. */
    public static FakeDataApi start(FakeRedshift redshift) throws IOException {
        StatementRuns runs = new StatementRuns(redshift.port());
        TemporaryLogins logins = new TemporaryLogins(redshift);
        return new FakeDataApi(
                runs,
                logins,
                FakeServer.start("fake-data-api", 0, new DataApiService(runs, logins)));
    }

    /** Where clients find it; any region, any credentials. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** Faults of calls to come, by action, such as {@code BatchExecuteStatement}. */
    public Faults faults() {
        return server.faults();
    }

    /** What was asked. */
    public RequestLog log() {
        return server.log();
    }

    /** Cancels all that is under way, as an administrator does. */
    public void abortAll() {
        runs.abortAll();
    }

    /** Gives temporary credentials out for so long from now on. */
    public void loginsLast(Duration length) {
        logins.last(length);
    }

    /** Lets nobody in any more with the credentials that were given out. */
    public void endLogins() {
        logins.endAll();
    }

    @Override
    public void close() {
        server.close();
        runs.close();
    }
}
