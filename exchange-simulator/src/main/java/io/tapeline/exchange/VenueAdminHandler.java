package io.tapeline.exchange;

import io.tapeline.exchange.coingecko.SimulatedCoinGecko;
import io.tapeline.exchange.venue.VenueBreaches;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the simulator knows of Deribit's and CoinGecko's clients: {@code /sim/breaches} and {@code
 * /sim/coingecko/requests}.
 */
final class VenueAdminHandler extends Handler.Abstract {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final VenueBreaches breaches;
    private final SimulatedCoinGecko coingecko;

    VenueAdminHandler(VenueBreaches breaches, SimulatedCoinGecko coingecko) {
        this.breaches = breaches;
        this.coingecko = coingecko;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        switch (Request.getPathInContext(request)) {
            case "/sim/breaches" -> json(response, callback, breaches.all());
            case "/sim/coingecko/requests" ->
                    json(response, callback, coingecko.requests().entries());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void json(Response response, Callback callback, List<?> value) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json;charset=UTF-8");
        response.write(true, ByteBuffer.wrap(JSON.writeValueAsBytes(value)), callback);
    }
}
