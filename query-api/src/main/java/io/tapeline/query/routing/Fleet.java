package io.tapeline.query.routing;

import com.google.protobuf.Parser;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.PriceAnswer;
import java.io.IOException;
import java.net.http.HttpResponse;
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
     * The latest prices of the wanted instruments, each partition's from one instance: from its
     * active one, else as stale from a standby.
     *
     * @return within the time-out that a request has; {@link Answer.NotReady} if for a partition
     *     nobody answered
     */
    public Answer<List<PriceAnswer>> prices(Predicate<Instrument> wanted) {
        Deadline deadline = Deadline.in(exchange.timeout());
        Deadline patience = Deadline.in(exchange.timeout().dividedBy(2));
        if (routing.current().isEmpty()) {
            routing.refresh(deadline);
        }
        while (true) {
            PriceRound round = new PriceRound(exchange, routing, partitions);
            Answer<List<PriceAnswer>> answer = round.ask(wanted, deadline);
            if (!(answer instanceof Answer.NotReady)) {
                return answer;
            }
            if (patience.hasPassed()) {
                routing.refreshLater();
                return answer;
            }
            routing.refresh(deadline);
            if (!Aggregators.pause()) {
                return answer;
            }
        }
    }
}
