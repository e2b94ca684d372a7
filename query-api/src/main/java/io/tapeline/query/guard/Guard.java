package io.tapeline.query.guard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Stands before every question: gives it an id, looks by which name it was asked, charges its
 * client, asks for a key where one is needed, and lets in as many of a kind as can be worked on. In
 * this order, so that whoever tries keys pays for it, and whoever is refused takes no place.
 */
public final class Guard extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Duration NO_ROOM_RETRY = Duration.ofSeconds(1);
    private static final String BEARER = "Bearer ";
    static final String KEY_HEADER = "X-API-Key";

    private final transient List<Tariff> tariffs;
    private final transient Hosts hosts;
    private final transient Clients clients;
    private final transient @Nullable Weights weights;
    private final transient KeyRing keys;
    private final transient Rooms rooms;
    private final transient Connections connections;
    private final transient GuardCounts counts = new GuardCounts();

    /**
     * @param onLoopback whether only this machine reaches the server
     * @param tariffs in the order in which they are asked; the last covers everything
     */
    public Guard(
            GuardSettings settings,
            boolean onLoopback,
            Map<Room, RoomSize> sizes,
            Connections connections,
            List<Tariff> tariffs,
            Clock clock) {
        this.tariffs = List.copyOf(tariffs);
        this.hosts = Hosts.of(settings.allowedHosts(), onLoopback);
        this.clients = new Clients(settings.proxies());
        this.weights =
                settings.weightPerMinute() == 0
                        ? null
                        : new Weights(settings.weightPerMinute(), settings.clients(), clock);
        this.keys = new KeyRing(settings, System::nanoTime);
        this.rooms = new Rooms(sizes);
        this.connections = connections;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String more = request.getPathInfo();
        String path = more == null ? request.getServletPath() : request.getServletPath() + more;
        Tariff tariff = tariffOf(path);
        String id = RequestIds.of(request.getHeader(RequestIds.HEADER));
        response.setHeader(RequestIds.HEADER, id);
        if (!hosts.allow(request.getServerName())) {
            refuse(new Refusal.UnknownHost(hosts.told()), tariff, id, request, response);
            return;
        }
        Charge charge = tariff.of(path, request);
        String client =
                clients.of(
                        request.getRemoteAddr(),
                        clients.trustsNobody()
                                ? List.of()
                                : Collections.list(request.getHeaders("X-Forwarded-For")));
        Optional<Refusal> refusal = weigh(client, charge, tariff, response);
        ApiKeys held = keys.current();
        boolean holdsKey = false;
        if (refusal.isEmpty() && held.areDemanded()) {
            String key = keyOf(request);
            holdsKey = key != null && held.holderOf(key).isPresent();
            if (!holdsKey && (key != null || charge.needsKey())) {
                refusal = Optional.of(new Refusal.NoKey(key != null));
            }
        }
        if (refusal.isPresent()) {
            refuse(refusal.get(), tariff, id, request, response);
            return;
        }
        Caller caller = new Caller(id, client, holdsKey || !held.areDemanded());
        MDC.put(RequestIds.LOGGED, id);
        try {
            letIn(caller, charge, tariff, request, response, chain);
        } finally {
            MDC.remove(RequestIds.LOGGED);
        }
    }

    private Tariff tariffOf(String path) {
        for (Tariff tariff : tariffs) {
            if (tariff.covers(path)) {
                return tariff;
            }
        }
        throw new IllegalStateException("guard: no tariff covers " + path);
    }

    private Optional<Refusal> weigh(
            String client, Charge charge, Tariff tariff, HttpServletResponse response) {
        if (weights == null || charge.weight() == 0) {
            return Optional.empty();
        }
        Weights.Account account = weights.charge(client, charge.weight());
        response.setHeader(tariff.usedWeightHeader(), Integer.toString(account.used()));
        return account.admitted()
                ? Optional.empty()
                : Optional.of(
                        new Refusal.TooMuchWeight(
                                account.used(), weights.limit(), account.untilNext()));
    }

    private static @Nullable String keyOf(HttpServletRequest request) {
        String key = request.getHeader(KEY_HEADER);
        if (key != null) {
            return key;
        }
        String authorization = request.getHeader("Authorization");
        // RFC 9110, 11.1: the scheme's case does not matter.
        return authorization != null
                        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }

    private void letIn(
            Caller caller,
            Charge charge,
            Tariff tariff,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        Room room = charge.room();
        if (!rooms.enter(room)) {
            refuse(
                    new Refusal.NoRoom(room, NO_ROOM_RETRY),
                    tariff,
                    caller.requestId(),
                    request,
                    response);
            return;
        }
        try {
            switch (room) {
                case LIVE, SOCKET -> live(room, caller, tariff, request, response, chain);
                case STATE, LISTS, HISTORY -> {
                    long begun = System.nanoTime();
                    try {
                        answer(caller, request, response, chain);
                    } finally {
                        counts.took(room, System.nanoTime() - begun);
                    }
                }
            }
        } finally {
            rooms.leave(room);
        }
    }

    /**
     * A stream is written by the request's own thread: it ends when this returns. A WebSocket goes
     * on, and keeps its place.
     */
    private void live(
            Room room,
            Caller caller,
            Tariff tariff,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        Optional<Connections.Lease> lease = connections.open(caller.client());
        if (lease.isEmpty()) {
            refuse(connections.refusal(), tariff, caller.requestId(), request, response);
            return;
        }
        if (room == Room.SOCKET) {
            Connections.handOver(
                    lease.get(), request, response, () -> answer(caller, request, response, chain));
            return;
        }
        try (Connections.Lease _ = lease.get()) {
            answer(caller, request, response, chain);
        }
    }

    private void answer(
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        try {
            ScopedValue.where(Caller.CURRENT, caller)
                    .<@Nullable Void, Exception>call(() -> {
                        chain.doFilter(request, response);
                        return null;
                    });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        } finally {
            counts.answered(response.getStatus());
        }
    }

    private void refuse(
            Refusal refusal,
            Tariff tariff,
            String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        counts.refused(refusal);
        response.setStatus(refusal.status());
        response.setHeader("Cache-Control", "no-store");
        switch (refusal) {
            case Refusal.TooMuchWeight(_, _, Duration after) -> retryAfter(response, after);
            case Refusal.TooManyConnections(_, Duration after) -> retryAfter(response, after);
            case Refusal.NoRoom(_, Duration after) -> retryAfter(response, after);
            case Refusal.NoKey _ -> response.setHeader("WWW-Authenticate", "Bearer");
            case Refusal.UnknownHost _ -> {}
        }
        tariff.refuse(refusal, id, request, response);
    }

    /** Whole seconds, never too early. */
    private static void retryAfter(HttpServletResponse response, Duration after) {
        response.setHeader(
                "Retry-After", Long.toString(Math.max(1, Math.ceilDiv(after.toMillis(), 1_000L))));
    }

    /** What is done for many, whoever asked first: it may do what one without a key may. */
    public Caller anybody() {
        return new Caller("", "", !keys.current().areDemanded());
    }

    public GuardCounts counts() {
        return counts;
    }

    /** Questions of a kind that are being worked on. */
    public int inside(Room room) {
        return rooms.inside(room);
    }

    /** Clients told apart in this minute; 0 where nobody is counted. */
    public int clients() {
        return weights == null ? 0 : weights.clients();
    }
}
