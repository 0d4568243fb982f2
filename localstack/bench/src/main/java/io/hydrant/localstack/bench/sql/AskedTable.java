package io.hydrant.localstack.bench.sql;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableEnvironment;

import java.io.IOException;

/** A question in Flink's SQL. */
final class AskedTable implements Asked {

    private final SqlCaseSettings settings;
    private final TableEnvironment env;
    private final Answers answers;

    AskedTable(SqlCaseSettings settings, Configuration config) throws Exception {
        this.settings = settings;
        this.env =
                TableEnvironment.create(
                        EnvironmentSettings.newInstance().withConfiguration(config).build());
        this.answers = new Answers(env, settings);
        env.executeSql("LOAD MODULE hydrant");
        env.executeSql(bids());
        env.executeSql(Bids.numbers());
        if (!isBesideAnApplication()) {
            requireAllBids();
        }
    }

    /**
     * Whether an application answers the same. Then the bids are counted when all is measured: who
     * has read them once more before is warmer than the application.
     */
    private boolean isBesideAnApplication() {
        return settings.sqlCase().group() == SqlCase.Group.APPLICATION;
    }

    /** A question over nothing would be answered soon. */
    private void requireAllBids() throws Exception {
        long counted = Answers.count(env, "bids");
        if (counted != settings.rows()) {
            throw new IOException(
                    "The source gave " + counted + " of " + settings.rows() + " bids");
        }
    }

    private String bids() {
        SqlCase one = settings.sqlCase();
        if (isBesideAnApplication()) {
            return Bids.arriving(Bids.toTheEnd(settings.kinesis()), settings.streamArn());
        }
        return one.isKinesis()
                ? Bids.streamed(settings.kinesis(), settings.streamArn())
                : Bids.generated(settings.rows());
    }

    @Override
    public void answer() throws Exception {
        String query = settings.sqlCase().query();
        if (isBesideAnApplication()) {
            env.executeSql("INSERT INTO " + Answers.TABLE + " " + query).await();
        } else {
            env.sqlQuery(query)
                    .insertInto(TableDescriptor.forConnector("blackhole").build())
                    .execute()
                    .await();
        }
    }

    @Override
    public long answers() throws Exception {
        if (!isBesideAnApplication()) {
            return settings.rows();
        }
        requireAllBids();
        return answers.count();
    }
}
