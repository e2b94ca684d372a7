package io.tapeline.query.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How an operation's answers may be kept by others. Without it: not at all. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Kept {

    As value();

    /** How. */
    enum As {
        /** For as long as a latest value may be old. */
        LIVE,
        /** For as long as a list of pairs may be. */
        INSTRUMENTS,
        /** To be asked for again, and answered only where it has changed. */
        CHECKED
    }
}
