package io.hydrant.iceberg.local;

import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Serves a catalog that is kept in SQLite by Iceberg's REST protocol, on a free port of this machine:
 * says the port on its first line, and obeys what it reads, one command a line, until its input ends.
 * {@code before} lets the next commit fail before it takes effect, {@code behind} once it has, {@code
 * fired} asks whether that has happened. Each command is answered with a line.
 *
 * <p>Arguments are properties of the catalog, {@code key=value}. The servlet is Iceberg's own, from the
 * fixtures of its tests.
 */
public final class LocalRestCatalog {

    private LocalRestCatalog() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> properties = new HashMap<>();
        for (String each : arguments) {
            int equals = each.indexOf('=');
            properties.put(each.substring(0, equals), each.substring(equals + 1));
        }
        Catalog catalog =
                CatalogUtil.loadCatalog(CatalogUtil.ICEBERG_CATALOG_JDBC, "rest", properties, null);
        CommitFaults faults = new CommitFaults();
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(
                new ServletHolder(new RESTCatalogServlet(new FaultyAdapter(catalog, faults))),
                "/*");
        Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
        server.setHandler(context);
        server.start();
        System.out.println(((ServerConnector) server.getConnectors()[0]).getLocalPort());
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(faults.obey(line));
        }
        System.exit(0);
    }
}
