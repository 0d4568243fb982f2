package io.hydrant.iceberg.local;

import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.rest.HTTPRequest;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Iceberg's own adapter, but that commits to tables fail where they are told to. */
final class FaultyAdapter extends RESTCatalogAdapter {

    /** Source: Iceberg's REST protocol, "Commit updates to a table". */
    private static final Pattern COMMIT = Pattern.compile("v1/namespaces/[^/]+/tables/[^/]+");

    private final CommitFaults faults;

    FaultyAdapter(Catalog catalog, CommitFaults faults) {
        super(catalog);
        this.faults = faults;
    }

    @Override
    protected <T extends RESTResponse> T execute(
            HTTPRequest request,
            Class<T> responseType,
            Consumer<ErrorResponse> errors,
            Consumer<Map<String, String>> headers) {
        boolean isCommit =
                request.method() == HTTPRequest.HTTPMethod.POST
                        && COMMIT.matcher(request.path()).matches();
        if (isCommit) {
            faults.at("before");
        }
        T response = super.execute(request, responseType, errors, headers);
        if (isCommit) {
            faults.at("behind");
        }
        return response;
    }
}
