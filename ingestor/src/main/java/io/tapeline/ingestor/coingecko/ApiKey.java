package io.tapeline.ingestor.coingecko;

import java.util.Locale;

/** A key, and which of the two kinds it is (EXCHANGES.md C). Its text is never told. */
public record ApiKey(Kind kind, String text) {

    /** Which root address a key is for. */
    public enum Kind {
        DEMO("x-cg-demo-api-key"),
        PRO("x-cg-pro-api-key");

        private final String header;

        Kind(String header) {
            this.header = header;
        }

        String header() {
            return header;
        }

        /**
         * @throws IllegalArgumentException naming the kinds there are
         */
        public static Kind of(String name) {
            for (Kind kind : values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(name.strip())) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(
                    "tapeline.coingecko.key-kind: \"" + name + "\" is not one of demo, pro");
        }
    }

    public ApiKey {
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "tapeline.coingecko.api-key: is empty, or holds white space or other"
                            + " characters that a key does not have");
        }
    }

    @Override
    public String toString() {
        return "ApiKey[" + kind + "]";
    }
}
