"""candles.py [BOOTSTRAP [INSTRUMENT [COUNT]]]: the first COUNT closed minutes of an instrument, a line each; all, and those to come, without."""

import sys
from datetime import datetime, timedelta, timezone

from tapeline.v1.market_pb2 import Candle

from tape import decimal, read, text

bootstrap, instrument, count = (sys.argv[1:] + ["localhost:19092", "binance:BTCUSDT", "0"][len(sys.argv) - 1 :])[:3]
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
told = 0


def take(candle):
    global told
    if candle.interval != "1m" or not candle.closed:
        return False
    prices = [text(decimal(candle, field, candle.price_exponent)) for field in ("open", "high", "low", "close")]
    volume = text(decimal(candle, "volume", candle.quantity_exponent))
    opens = EPOCH + timedelta(microseconds=candle.open_time_us)
    print(opens.strftime("%Y-%m-%dT%H:%M:%SZ"), *prices, volume, flush=True)
    told += 1
    return told == int(count)


read(bootstrap, "tapeline.klines", instrument, Candle, take)
