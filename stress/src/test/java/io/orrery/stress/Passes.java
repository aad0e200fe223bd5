package io.orrery.stress;

import java.time.Duration;
import org.openjdk.jcstress.Main;

/** Runs the jcstress tests again and again until the time is up, or until one of them fails. */
final class Passes {
    /** Short and small: a state is a run that goes on. Nothing is pinned, since not only the actors have to do something. */
    private static final String OPTIONS = "-m quick -af NONE -sc false -f 1 -fsm 1 -iters 1 -time 1000"
            + " -strideSize 20 -strideCount 5 -hs 512 -r jcstress";

    private Passes() {}

    /** Takes the seconds that it may last; a pass that has begun is finished. */
    public static void main(String... arguments) throws Exception {
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.parseLong(arguments[0])).toNanos();
        int passes = 0;
        do {
            Main.main(OPTIONS.split(" "));
            passes++;
        } while (System.nanoTime() - end < 0);
        System.out.println(passes + " passes of jcstress found nothing.");
    }
}
