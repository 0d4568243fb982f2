package io.hydrant.dynamodb.local;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Serves DynamoDB in memory on a free port of this machine, says the port on its first line, and
 * obeys what it reads, one command a line, until its input ends: {@code roll} closes all shards of
 * streams and opens their children; {@code age MILLIS} makes all that is in streams older. Each
 * command is answered with a line.
 *
 * <p>In place of the product's own main class, which reports its use to AWS and cannot do these.
 */
public final class LocalDynamoDb {

    private LocalDynamoDb() {}

    public static void main(String[] arguments) throws Exception {
        LocalDynamoDBRequestHandler requests =
                new LocalDynamoDBRequestHandler(0, true, null, true, false);
        Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
        server.setHandler(new LocalDynamoDBServerHandler(requests, null));
        server.start();
        System.out.println(((ServerConnector) server.getConnectors()[0]).getLocalPort());
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            for (AmazonDynamoDBLocal database : databases(requests).values()) {
                if (words[0].equals("roll")) {
                    database.triggerShardRollovers();
                } else {
                    database.dilateEventTimes(Long.parseLong(words[1]));
                }
            }
            System.out.println("done");
        }
        System.exit(0);
    }

    /** It keeps them to itself. */
    @SuppressWarnings("unchecked")
    private static Map<String, AmazonDynamoDBLocal> databases(LocalDynamoDBRequestHandler requests)
            throws ReflectiveOperationException {
        Field field = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
        field.setAccessible(true);
        return (Map<String, AmazonDynamoDBLocal>) field.get(requests);
    }
}
