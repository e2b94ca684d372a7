package io.tapeline.aggregator.query;

import com.google.protobuf.CodedOutputStream;
import io.tapeline.aggregator.price.KnownPrice;
import io.tapeline.aggregator.store.KnownPriceCodec;
import io.tapeline.aggregator.store.NewestStore;
import io.tapeline.aggregator.store.Sourced;
import io.tapeline.aggregator.store.SourcedCodec;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.PriceAnswers;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/**
 * All prices that an instance holds, as the message {@link PriceAnswers}. Each price is made into
 * its part of the message once, and again when it has changed or the partition stands otherwise.
 */
final class PriceLists {

    private final LocalStores stores;
    private final Answer answer;
    private final NewestStores type = new NewestStores();
    private final SourcedCodec<KnownPrice> codec = new SourcedCodec<>(new KnownPriceCodec());

    /** What is said of one. */
    interface Answer {
        PriceAnswer of(Sourced<KnownPrice> held, Standing standing);
    }

    private record Made(Standing standing, byte[] answer) {}

    PriceLists(LocalStores stores, Answer answer) {
        this.stores = stores;
        this.answer = answer;
    }

    /** Of its active partitions and its standbys, and which these are. */
    byte[] all() {
        PriceAnswers.Builder which = PriceAnswers.newBuilder();
        List<byte[]> items = new ArrayList<>();
        for (LocalStores.PartitionAnswer<List<byte[]>> each :
                stores.askAll(StoreNames.PRICES, type, this::ofPartition)) {
            items.addAll(each.answer());
            if (each.standing() != Standing.CURRENT) {
                which.addStalePartitions(each.partition());
            } else {
                which.addPartitions(each.partition());
            }
        }
        return message(items, which.build());
    }

    private List<byte[]> ofPartition(NewestStore store, Standing standing) {
        List<byte[]> items = new ArrayList<>();
        for (NewestStore.Kept kept : store.values()) {
            items.add(item(kept, standing));
        }
        // One that was closed meanwhile was emptied, and that is not what it held.
        if (!store.isOpen()) {
            throw new InvalidStateStoreException(store.name() + ": was closed");
        }
        return items;
    }

    private byte[] item(NewestStore.Kept kept, Standing standing) {
        if (kept.made() instanceof Made(Standing then, byte[] made) && then == standing) {
            return made;
        }
        byte[] made = answer.of(decode(kept.value()), standing).toByteArray();
        kept.keep(new Made(standing, made));
        return made;
    }

    private Sourced<KnownPrice> decode(byte[] value) {
        try {
            return codec.decode(value);
        } catch (MalformedPayload e) {
            throw new IllegalStateException("price store: a value is malformed", e);
        }
    }

    /** Messages that stand one after the other are one. */
    private static byte[] message(List<byte[]> items, PriceAnswers which) {
        int size = which.getSerializedSize();
        for (byte[] item : items) {
            size += CodedOutputStream.computeByteArraySize(PriceAnswers.ITEMS_FIELD_NUMBER, item);
        }
        byte[] message = new byte[size];
        CodedOutputStream out = CodedOutputStream.newInstance(message);
        try {
            for (byte[] item : items) {
                out.writeByteArray(PriceAnswers.ITEMS_FIELD_NUMBER, item);
            }
            which.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("price list: memory cannot be written", e);
        }
        return message;
    }
}
