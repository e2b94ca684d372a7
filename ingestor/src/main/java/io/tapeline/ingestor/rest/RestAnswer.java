package io.tapeline.ingestor.rest;

/**
 * What came back.
 *
 * @param body verbatim; not copied
 */
record RestAnswer(int status, AnswerHeaders headers, byte[] body) {}
