package io.orrery.schedule.scheduler;

import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.store.StoreException;
import io.orrery.time.TimeSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Real stores, but for what a test has go wrong. */
final class FaultyStore {

    /** Methods that throw errors. */
    final Set<String> broken = ConcurrentHashMap.newKeySet();

    /** What an end that cannot be written has in it: in its fire, its note, or what is to come next. */
    final Set<String> poison = ConcurrentHashMap.newKeySet();

    /** Methods that say nothing for half a minute, and then throw. */
    final Set<String> silent = ConcurrentHashMap.newKeySet();

    private final TimeSource time;

    FaultyStore(TimeSource time) {
        this.time = time;
    }

    ScheduleStore inMemory() {
        return around(ScheduleStore.inMemory());
    }

    ScheduleStore around(ScheduleStore real) {
        return around((self, method, arguments) -> {
            if (silent.contains(method.getName())) {
                time.sleep(Duration.ofSeconds(30));
                throw new StoreException("it is silent. Wait.", new IllegalStateException("silent"));
            }
            if (broken.contains(method.getName())) {
                throw new NoClassDefFoundError("a class of the driver, by design");
            }
            if (method.getName().equals("complete")) {
                requireNoPoison((List<?>) arguments[0]);
            }
            return called(real, method, arguments);
        });
    }

    /** One in memory that says of itself that others share it. */
    static ScheduleStore shared() {
        ScheduleStore real = ScheduleStore.inMemory();
        return around((self, method, arguments) ->
                method.getName().equals("isLocal") ? (Object) false : called(real, method, arguments));
    }

    static ScheduleStore around(InvocationHandler handler) {
        return (ScheduleStore) Proxy.newProxyInstance(
                FaultyStore.class.getClassLoader(), new Class<?>[] {ScheduleStore.class}, handler);
    }

    static @Nullable Object called(ScheduleStore real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void requireNoPoison(List<?> completions) {
        for (Object one : completions) {
            Completion completion = (Completion) one;
            String words = completion.lease().fire().id() + " "
                    + completion.history().note() + " " + completion.nextDue() + " " + completion.retryAt();
            if (poison.stream().anyMatch(words::contains)) {
                throw new StoreException("a value is refused. Mend it.", new IllegalStateException("refused"));
            }
        }
    }
}
