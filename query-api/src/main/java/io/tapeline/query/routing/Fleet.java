package io.tapeline.query.routing;

import com.google.protobuf.Parser;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.PriceAnswers;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
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
            HttpResponse<byte[]> response = exchange.get(address, path);
            return response.statusCode() == 200
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

    /**
     * The latest prices of the wanted instruments, each partition's from the first of its
     * candidates that answered.
     *
     * @return {@link Answer.NotReady} if for a partition none did
     */
    public Answer<List<PriceAnswer>> prices(Predicate<Instrument> wanted) {
        Routes routes = routing.current();
        if (routes.instances(Store.PRICES).isEmpty()) {
            routing.refresh();
            routes = routing.current();
        }
        Answer<List<PriceAnswer>> answer = prices(routes, wanted);
        if (answer instanceof Answer.NotReady) {
            routing.refresh();
            answer = prices(routing.current(), wanted);
        }
        return answer;
    }

    /** Who answered for the partition as its active one; else the first who did as a standby. */
    private static Optional<Address> best(
            List<Address> candidates, int partition, Map<Address, PriceAnswers> answers) {
        Optional<Address> standby = Optional.empty();
        for (Address each : candidates) {
            PriceAnswers answer = answers.get(each);
            if (answer != null && answer.getPartitionsList().contains(partition)) {
                return Optional.of(each);
            }
            if (answer != null
                    && standby.isEmpty()
                    && answer.getStalePartitionsList().contains(partition)) {
                standby = Optional.of(each);
            }
        }
        return standby;
    }

    private Answer<List<PriceAnswer>> prices(Routes routes, Predicate<Instrument> wanted) {
        Map<Address, PriceAnswers> answers =
                askEach(routes.instances(Store.PRICES), "/internal/prices", PriceAnswers.parser());
        List<Address> chosen = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            Optional<Address> answered =
                    best(routes.candidates(Store.PRICES, partition), partition, answers);
            if (answered.isEmpty()) {
                return new Answer.NotReady<>(
                        "no aggregator answers for partition " + partition + " of " + partitions,
                        Aggregators.RETRY_AFTER);
            }
            chosen.add(answered.get());
        }
        List<PriceAnswer> merged = new ArrayList<>();
        answers.forEach((address, prices) -> {
            for (PriceAnswer price : prices.getItemsList()) {
                Instrument instrument = Instrument.parse(price.getPrice().getInstrument());
                int partition = InstrumentPartitioner.partitionOf(instrument, partitions);
                if (chosen.get(partition).equals(address) && wanted.test(instrument)) {
                    merged.add(price);
                }
            }
        });
        return new Answer.Found<>(merged);
    }
}
