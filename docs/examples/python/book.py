"""book.py [BOOTSTRAP [INSTRUMENT [COUNT]]]: keeps an instrument's book, and prints its best levels after COUNT changes (100)."""

import sys

from tapeline.v1.market_pb2 import BookEvent

from tape import decimal, read, text

bootstrap, instrument, count = (sys.argv[1:] + ["localhost:19092", "binance:BTCUSDT", "100"][len(sys.argv) - 1 :])[:3]
LEVELS = 5


class Book:
    """Levels by price. An exact decimal is the same key however it was written: 1.0 and 1.00 are equal and hash alike."""

    def __init__(self):
        self.bids = {}
        self.asks = {}

    def apply(self, change):
        for side, levels in ((self.bids, change.bids), (self.asks, change.asks)):
            for i in range(len(levels.prices)):
                price = decimal(levels, "prices", levels.price_exponent, i)
                quantity = decimal(levels, "quantities", levels.quantity_exponent, i)
                if quantity:
                    side[price] = quantity
                else:
                    side.pop(price, None)

    def tell(self):
        for price in sorted(self.bids, reverse=True)[:LEVELS]:
            print("bid", text(price), text(self.bids[price]))
        for price in sorted(self.asks)[:LEVELS]:
            print("ask", text(price), text(self.asks[price]))


book = None  # while it is not known
changes = 0


def take(event):
    global book, changes
    if event.WhichOneof("kind") == "reset":
        book = None if event.reset.resyncing else Book()
        if book is not None:
            book.apply(event.reset)
        return False
    if book is None:  # before the first reset of what the topic still has
        return False
    book.apply(event.delta)
    changes += 1
    if changes < int(count):
        return False
    print("updateId", event.delta.final_update_id)
    book.tell()
    return True


read(bootstrap, "tapeline.depth", instrument, BookEvent, take)
