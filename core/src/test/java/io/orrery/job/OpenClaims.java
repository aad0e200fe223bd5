package io.orrery.job;

import java.util.List;
import java.util.stream.Stream;

/** Who holds or waits for a slot of any limit there is. */
public final class OpenClaims {
    private OpenClaims() {}

    /** One line for each, for people. */
    public static List<String> now() {
        return Limit.known().stream()
                .flatMap(limit -> Stream.concat(
                        limit.holders().stream().map(holder -> limit + " is held by " + holder),
                        limit.waiters().stream().map(waiter -> limit + " is waited for by " + waiter)))
                .toList();
    }
}
