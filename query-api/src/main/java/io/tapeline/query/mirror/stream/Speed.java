package io.tapeline.query.mirror.stream;

/** How often streams of a book tell (A.4). */
enum Speed {
    /** With each change as it is accepted: the exchange tells of a book ten times a second. */
    AT_ONCE,
    /** Once a second, all changes of it together. */
    EACH_SECOND
}
