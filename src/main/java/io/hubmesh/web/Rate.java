package io.hubmesh.web;

/** How a request counts against what an account may ask in a minute. */
public enum Rate {
    /** As one of many; whatever says nothing else. */
    REQUESTS,

    /** As one of few: the hub has to work for it. */
    EXPENSIVE,

    /** Not at all: bytes are bounded elsewhere, and a file may be thousands of requests. */
    UNCOUNTED
}
