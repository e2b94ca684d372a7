package io.tapeline.benchmarks.peers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tapeline.benchmarks.tape.DepthTape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** As much of the exchange's REST as a client asks before it follows a book. */
final class PeerRest implements AutoCloseable {

    private static final String QUOTE = "USDT";
    private static final String SYMBOL =
            "{\"symbol\":\"%1$s%2$s\",\"status\":\"TRADING\",\"baseAsset\":\"%1$s\","
                    + "\"baseAssetPrecision\":8,\"quoteAsset\":\"%2$s\",\"quotePrecision\":8,"
                    + "\"quoteAssetPrecision\":8,\"baseCommissionPrecision\":8,"
                    + "\"quoteCommissionPrecision\":8,\"orderTypes\":[\"LIMIT\",\"MARKET\"],"
                    + "\"icebergAllowed\":true,\"ocoAllowed\":true,"
                    + "\"isSpotTradingAllowed\":true,\"isMarginTradingAllowed\":false,"
                    + "\"filters\":[{\"filterType\":\"PRICE_FILTER\","
                    + "\"minPrice\":\"0.01000000\",\"maxPrice\":\"1000000.00000000\","
                    + "\"tickSize\":\"0.01000000\"},{\"filterType\":\"LOT_SIZE\","
                    + "\"minQty\":\"0.00001000\",\"maxQty\":\"9000.00000000\","
                    + "\"stepSize\":\"0.00001000\"}],\"permissions\":[\"SPOT\"],"
                    + "\"permissionSets\":[[\"SPOT\"]]}";

    private final HttpServer server;
    private final DepthTape tape;
    private final List<String> symbols;
    private final AtomicInteger snapshots = new AtomicInteger();

    PeerRest(DepthTape tape, List<String> symbols) throws IOException {
        this.tape = tape;
        this.symbols = symbols;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How many snapshots have been asked for. */
    int snapshots() {
        return snapshots.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String text;
        if (path.endsWith("/depth")) {
            snapshots.incrementAndGet();
            text = tape.snapshot();
        } else if (path.endsWith("/exchangeInfo")) {
            text =
                    symbols.stream()
                            .map(symbol ->
                                    SYMBOL.formatted(
                                            symbol.substring(0, symbol.length() - QUOTE.length()),
                                            QUOTE))
                            .collect(
                                    Collectors.joining(
                                            ",",
                                            "{\"timezone\":\"UTC\",\"serverTime\":"
                                                    + System.currentTimeMillis()
                                                    + ",\"rateLimits\":[{\"rateLimitType\":"
                                                    + "\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\","
                                                    + "\"intervalNum\":1,\"limit\":6000}],"
                                                    + "\"exchangeFilters\":[],\"symbols\":[",
                                            "]}"));
        } else {
            text = "{\"serverTime\":" + System.currentTimeMillis() + "}";
        }
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("x-mbx-used-weight-1m", "1");
        exchange.getResponseHeaders().set("x-mbx-used-weight", "1");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
