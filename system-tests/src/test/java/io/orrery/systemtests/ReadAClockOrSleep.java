package io.orrery.systemtests;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.regex.Pattern;

/** Calls of, and references to, what makes a test with manual time wait for the real one. */
final class ReadAClockOrSleep extends ArchCondition<JavaClass> {
    static final ArchCondition<JavaClass> CONDITION = new ReadAClockOrSleep();

    private static final Pattern FORBIDDEN = Pattern.compile(String.join(
            "|",
            "java\\.lang\\.System\\.(nanoTime|currentTimeMillis)\\(.*",
            "java\\.lang\\.Thread\\.sleep\\(.*",
            "java\\.util\\.concurrent\\.TimeUnit\\.(sleep|timedWait|timedJoin)\\(.*",
            "java\\.util\\.concurrent\\.locks\\.LockSupport\\.park(Nanos|Until)\\(.*",
            "java\\.time\\.[A-Za-z]+\\.now\\(.*",
            "java\\.time\\.Clock\\.(system|tick).*",
            "java\\.time\\.InstantSource\\.system\\(.*",
            "java\\.util\\.Date\\.<init>\\(\\)",
            "java\\.util\\.Calendar\\.getInstance\\(.*",
            "java\\.util\\.Timer\\.<init>\\(.*"));

    private ReadAClockOrSleep() {
        super("read a clock or sleep");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaCodeUnitAccess<?> access : type.getCodeUnitAccessesFromSelf()) {
            boolean forbidden =
                    FORBIDDEN.matcher(access.getTarget().getFullName()).matches();
            events.add(new SimpleConditionEvent(type, forbidden, access.getDescription()));
        }
    }
}
