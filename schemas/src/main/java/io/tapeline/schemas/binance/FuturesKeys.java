package io.tapeline.schemas.binance;

import io.tapeline.schemas.json.JsonScanner;
import io.tapeline.schemas.wire.MalformedPayload;

/**
 * Keys that only the futures' payloads have (EXCHANGES.md A.5: spot has no {@code pu}). Their ids
 * and volumes mean something else: such a payload is refused, not read as if it were spot's.
 */
final class FuturesKeys {

    static final int PREVIOUS_UPDATE = 'p' << 8 | 'u';
    static final int PAIR = 'p' << 8 | 's';

    private FuturesKeys() {}

    static MalformedPayload refuse(JsonScanner in) {
        return in.malformed(in.keyText(), "is of futures, not of spot");
    }
}
