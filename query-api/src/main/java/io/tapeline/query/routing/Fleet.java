package io.tapeline.query.routing;

import com.google.protobuf.Parser;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.TickerAnswer;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Questions that concern all instruments, asked of all instances at the same time. */
public final class Fleet {

    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private final Exchange exchange;
    private final Routing routing;
    private final int partitions;
    private final SharedQuestions questions = new SharedQuestions();
    private final LastLists<PriceAnswer> lastPrices = new LastLists<>(Listing.PRICES);
    private final LastLists<TickerAnswer> lastTickers = new LastLists<>(Listing.TICKERS);
    private final LastLists<BookAnswer> lastBests = new LastLists<>(Listing.BESTS);

    public Fleet(Exchange exchange, Routing routing, int partitions) {
        this.exchange = exchange;
        this.routing = routing;
        this.partitions = partitions;
    }

    /** Configured or known aggregators. */
    public Set<Address> instances() {
        return routing.instances();
    }

    /** What each instance answers to one path; those that do not answer are absent. */
    public <T> Map<Address, T> askEach(Collection<Address> asked, String path, Parser<T> parser) {
        Map<Address, T> answers = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Address address : asked) {
                Future<?> _ =
                        threads.submit(() ->
                                askOne(address, path, parser)
                                        .ifPresent(answer -> answers.put(address, answer)));
            }
        }
        return answers;
    }

    private <T> Optional<T> askOne(Address address, String path, Parser<T> parser) {
        try {
            InstanceAnswer response = exchange.get(address, path);
            return response.status() == 200
                    ? Optional.of(parser.parseFrom(response.body()))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("instance", address)
                    .addKeyValue("path", path)
                    .log("no answer");
            return Optional.empty();
        }
    }

    /** The latest prices of all instruments, told as {@link #ask} says. Not to be changed. */
    public Answer<List<PriceAnswer>> prices() {
        return shared(Listing.PRICES, lastPrices);
    }

    /** Likewise of the wanted instruments. */
    public Answer<List<PriceAnswer>> prices(Predicate<Instrument> wanted) {
        return ask(Listing.PRICES, lastPrices, wanted);
    }

    /** Likewise the statistics of 24 hours. */
    public Answer<List<TickerAnswer>> tickers(Predicate<Instrument> wanted) {
        return ask(Listing.TICKERS, lastTickers, wanted);
    }

    /** Likewise the best bid and ask of the books. */
    public Answer<List<BookAnswer>> bests(Predicate<Instrument> wanted) {
        return ask(Listing.BESTS, lastBests, wanted);
    }

    /**
     * What is told of the wanted instruments, each partition's by one instance: by its active one,
     * else as stale by a standby that holds all of it, else as stale what this process was told
     * last.
     *
     * @return within the time-out that a request has; {@link Answer.NotReady} if for a partition
     *     nobody has ever answered
     */
    private <T> Answer<List<T>> ask(
            Listing<T> listing, LastLists<T> last, Predicate<Instrument> wanted) {
        Answer<List<T>> all = shared(listing, last);
        return all instanceof Answer.Found<List<T>>(List<T> items)
                ? new Answer.Found<>(
                        items.stream()
                                .filter(item -> wanted.test(listing.instrument(item)))
                                .toList())
                : all;
    }

    private <T> Answer<List<T>> shared(Listing<T> listing, LastLists<T> last) {
        return questions.ask(listing.path(), () -> ask(listing, last));
    }

    private <T> Answer<List<T>> ask(Listing<T> listing, LastLists<T> last) {
        Deadline deadline = Deadline.in(exchange.timeout());
        Deadline patience = Deadline.in(exchange.timeout().dividedBy(2));
        if (routing.current().isEmpty()) {
            routing.refresh(deadline);
        }
        while (true) {
            ListingRound<T> round =
                    new ListingRound<>(exchange, routing, partitions, listing, last);
            Answer<List<T>> answer = round.ask(deadline);
            if (!(answer instanceof Answer.NotReady)) {
                return answer;
            }
            if (patience.hasPassed()) {
                routing.refreshLater();
                return round.withLast();
            }
            routing.refresh(deadline);
            if (!Aggregators.pause()) {
                return answer;
            }
        }
    }
}
