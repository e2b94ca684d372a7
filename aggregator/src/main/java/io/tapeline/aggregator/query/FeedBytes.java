package io.tapeline.aggregator.query;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import io.tapeline.aggregator.tap.Accepted;
import io.tapeline.schemas.proto.FeedMessage;
import io.tapeline.schemas.wire.BookEventCodec;
import io.tapeline.schemas.wire.CandleCodec;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.TickerCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Messages of a feed, each after its length, gathered to be sent at once. What was accepted is
 * written by the codecs of the clean topics: a field of a message that holds one message alone is
 * that message's bytes.
 */
final class FeedBytes {

    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private final LatestPriceCodec prices = new LatestPriceCodec();
    private final CandleCodec candles = new CandleCodec();
    private final TickerCodec tickers = new TickerCodec();
    private final BookEventCodec books = new BookEventCodec();

    void add(Message message) {
        try {
            message.writeDelimitedTo(gathered);
        } catch (IOException e) {
            throw new UncheckedIOException("feed: memory cannot be written", e);
        }
    }

    void add(Accepted accepted) {
        switch (accepted) {
            case Accepted.OfPrice(var price) ->
                    add(FeedMessage.PRICE_FIELD_NUMBER, prices.encode(price));
            case Accepted.OfTicker(var ticker) ->
                    add(FeedMessage.TICKER_FIELD_NUMBER, tickers.encode(ticker));
            case Accepted.OfCandle(var candle) ->
                    add(FeedMessage.CANDLE_FIELD_NUMBER, candles.encode(candle));
            case Accepted.OfBook(var event) ->
                    add(FeedMessage.BOOK_FIELD_NUMBER, books.encode(event));
        }
    }

    private void add(int field, byte[] value) {
        int tag = field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
        int length =
                CodedOutputStream.computeUInt32SizeNoTag(tag)
                        + CodedOutputStream.computeByteArraySizeNoTag(value);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(gathered, 16);
            out.writeUInt32NoTag(length);
            out.writeUInt32NoTag(tag);
            out.writeByteArrayNoTag(value);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("feed: memory cannot be written", e);
        }
    }

    int size() {
        return gathered.size();
    }

    /** All that was gathered, which is begun anew. */
    ByteBuffer take() {
        ByteBuffer all = ByteBuffer.wrap(gathered.toByteArray());
        gathered.reset();
        return all;
    }
}
