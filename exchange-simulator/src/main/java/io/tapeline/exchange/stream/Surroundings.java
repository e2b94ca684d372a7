package io.tapeline.exchange.stream;

import io.tapeline.exchange.Limits;
import io.tapeline.exchange.judge.Judge;
import java.time.InstantSource;

/**
 * What a server gives each of its connections.
 *
 * @param mostFrames the length of each socket's queue
 */
record Surroundings(
        StreamHub hub,
        Limits limits,
        InstantSource clock,
        Judge judge,
        SocketFaults socketFaults,
        AnswerFaults answerFaults,
        int mostFrames) {}
