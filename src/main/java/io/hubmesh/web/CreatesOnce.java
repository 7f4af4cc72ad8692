package io.hubmesh.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a POST that creates something: with the header {@code Idempotency-Key}, its answer is kept for a day and given again to whoever
 * sends the same request with the same key. Never on what answers a secret: the answer is written to the database.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface CreatesOnce {

    /** The header's name, as in draft-ietf-httpapi-idempotency-key-header-07. */
    String HEADER = "Idempotency-Key";
}
