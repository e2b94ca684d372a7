package io.tapeline.aggregator;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Payloads as Binance sends them (EXCHANGES.md A.4 and A.6). Levels are {@code price quantity}. */
public final class Payloads {

    private Payloads() {}

    public static byte[] update(
            String symbol, long first, long last, List<String> bids, List<String> asks) {
        return utf8(
                "{\"e\":\"depthUpdate\",\"E\":%d,\"s\":\"%s\",\"U\":%d,\"u\":%d,\"b\":%s,\"a\":%s}"
                        .formatted(
                                1_700_000_000_000L + last,
                                symbol,
                                first,
                                last,
                                levels(bids),
                                levels(asks)));
    }

    public static byte[] snapshot(long id, List<String> bids, List<String> asks) {
        return utf8(
                "{\"lastUpdateId\":%d,\"bids\":%s,\"asks\":%s}"
                        .formatted(id, levels(bids), levels(asks)));
    }

    public static byte[] bookTicker(String symbol, long id, String bid, String ask) {
        return utf8(
                "{\"u\":%d,\"s\":\"%s\",\"b\":\"%s\",\"B\":\"%s\",\"a\":\"%s\",\"A\":\"%s\"}"
                        .formatted(
                                id,
                                symbol,
                                bid.substring(0, bid.indexOf(' ')),
                                bid.substring(bid.indexOf(' ') + 1),
                                ask.substring(0, ask.indexOf(' ')),
                                ask.substring(ask.indexOf(' ') + 1)));
    }

    public static byte[] kline(
            String symbol, long openMillis, long eventMillis, String close, boolean closed) {
        return utf8(
                """
                {"e":"kline","E":%d,"s":"%s","k":{"t":%d,"T":%d,"s":"%s","i":"1m","f":1,"L":2,\
                "o":"10.0","c":"%s","h":"99.0","l":"1.0","v":"5.0","n":2,"x":%b,"q":"50.0",\
                "V":"2.0","Q":"20.0","B":"0"}}\
                """
                        .formatted(
                                eventMillis,
                                symbol,
                                openMillis,
                                openMillis + 59_999,
                                symbol,
                                close,
                                closed));
    }

    /** An element of a klines answer. */
    public static byte[] restKline(long openMillis, String close) {
        return utf8(
                "[%d,\"10.0\",\"99.0\",\"1.0\",\"%s\",\"5.0\",%d,\"50.0\",2,\"2.0\",\"20.0\",\"0\"]"
                        .formatted(openMillis, close, openMillis + 59_999));
    }

    public static byte[] ticker(
            String symbol, long eventMillis, String last, String bid, String ask) {
        return utf8(
                """
                {"e":"24hrTicker","E":%d,"s":"%s","p":"1.0","P":"0.5","w":"10.0","x":"9.0","c":"%s",\
                "Q":"1.0","b":"%s","B":"2.0","a":"%s","A":"3.0","o":"9.5","h":"12.0","l":"8.0",\
                "v":"100.0","q":"1000.0","O":1700000000000,"C":1700086400000,"F":1,"L":10,"n":10}\
                """
                        .formatted(eventMillis, symbol, last, bid, ask));
    }

    private static String levels(List<String> levels) {
        StringBuilder out = new StringBuilder("[");
        for (String level : levels) {
            int space = level.indexOf(' ');
            out.append(out.length() > 1 ? "," : "")
                    .append("[\"")
                    .append(level, 0, space)
                    .append("\",\"")
                    .append(level, space + 1, level.length())
                    .append("\"]");
        }
        return out.append(']').toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
