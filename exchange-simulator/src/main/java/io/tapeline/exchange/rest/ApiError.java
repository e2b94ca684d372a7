package io.tapeline.exchange.rest;

/** A request that the exchange refuses: its code and its words (EXCHANGES A.7). */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    private ApiError(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    String body() {
        return "{\"code\":" + code + ",\"msg\":\"" + getMessage() + "\"}";
    }

    static ApiError illegalCharacters(String parameter, String range) {
        return new ApiError(
                -1100,
                "Illegal characters found in parameter '"
                        + parameter
                        + "'; legal range is '"
                        + range
                        + "'.");
    }

    static ApiError tooMany(int expected, int received) {
        return new ApiError(
                -1101,
                "Too many parameters; expected '"
                        + expected
                        + "' and received '"
                        + received
                        + "'.");
    }

    static ApiError duplicate() {
        return new ApiError(-1101, "Duplicate values for a parameter detected.");
    }

    static ApiError mandatory(String parameter) {
        return new ApiError(
                -1102,
                "Mandatory parameter '"
                        + parameter
                        + "' was not sent, was empty/null, or malformed.");
    }

    static ApiError unread(int read, int sent) {
        return new ApiError(
                -1104,
                "Not all sent parameters were read; read '"
                        + read
                        + "' parameter(s) but was sent '"
                        + sent
                        + "'.");
    }

    static ApiError empty(String parameter) {
        return new ApiError(-1105, "Parameter '" + parameter + "' was empty.");
    }

    static ApiError overflow(String parameter) {
        return new ApiError(-1108, "Parameter '" + parameter + "' overflowed.");
    }

    static ApiError badInterval() {
        return new ApiError(-1120, "Invalid interval.");
    }

    static ApiError badSymbol() {
        return new ApiError(-1121, "Invalid symbol.");
    }

    static ApiError badSymbolStatus() {
        return new ApiError(-1122, "Invalid symbolStatus.");
    }

    static ApiError badCombination() {
        return new ApiError(-1128, "Combination of optional parameters invalid.");
    }

    static ApiError badData(String parameter) {
        return new ApiError(-1130, "Data sent for parameter '" + parameter + "' is not valid.");
    }

    static ApiError badTickerType() {
        return new ApiError(-1139, "Invalid ticker type.");
    }

    static ApiError duplicateSymbols() {
        return new ApiError(-1151, "Symbol is present multiple times in the list.");
    }

    static ApiError badTimeUnit() {
        return new ApiError(
                -1194, "Invalid value for time unit; expected either MICROSECOND or MILLISECOND.");
    }

    static ApiError statusMismatch() {
        return new ApiError(
                -1220, "The symbol's status does not match the requested symbolStatus.");
    }
}
